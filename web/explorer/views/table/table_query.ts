/** The query of the table: supports, page by page. */

import { asked } from "../../api/client";
import { graphql, type ResultOf, type SupportOrder } from "../../api/graphql";
import { supportFilter } from "../../question/filter";
import type { Question } from "../../question/question";

export const PAGE_SIZE = 100;

const TABLE = graphql(`
  query Table($where: SupportFilter, $orderBy: [SupportOrder!], $first: Int!, $after: String) {
    supports(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        kind
        phase
        startedOn
        endedOn
        startCensored
        endCensored
        supporter {
          slug
          name
        }
        recipient {
          slug
          name
        }
        candidates(first: 1) {
          totalCount
          nodes {
            slug
            name
          }
        }
        quantity {
          value
          low
          high
          unit
          estimated
        }
        worth {
          value
          low
          high
          unit
          currency
          estimated
        }
        dataset {
          title
        }
        assessment {
          contested
        }
      }
    }
  }
`);

export type TablePage = ResultOf<typeof TABLE>["supports"];
export type Row = TablePage["nodes"][number];

/** The columns, each with the API's order for it. */
export const COLUMNS = {
  supporter: (way) => ({ supporter: { name: way } }),
  recipient: (way) => ({ recipient: { name: way } }),
  kind: (way) => ({ kind: way }),
  phase: (way) => ({ phase: way }),
  quantity: (way) => ({ quantity: { value: way } }),
  worth: (way) => ({ worth: { value: way } }),
  startedOn: (way) => ({ startedOn: way }),
  endedOn: (way) => ({ endedOn: way }),
  dataset: (way) => ({ dataset: { title: way } }),
  contested: (way) => ({ assessment: { contested: way } }),
} satisfies Record<string, (way: "ASC" | "DESC") => SupportOrder>;

export type Column = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as Column[];

/** Returns the column by which the question sorts, and the direction; null if it names none. */
export function sorting({ sort }: Question): { column: Column; way: "ASC" | "DESC" } | null {
  const name = sort?.replace(/^-/, "");
  const column = COLUMN_NAMES.find((each) => each === name);
  return column ? { column, way: sort?.startsWith("-") ? "DESC" : "ASC" } : null;
}

/** Builds the query for the page after a cursor; null for the first page. */
export function askTable(question: Question, after: string | null = null) {
  const sorted = sorting(question);
  const orderBy = sorted ? [COLUMNS[sorted.column](sorted.way)] : [];
  const where = supportFilter(question);
  return asked(TABLE, { where, orderBy, first: PAGE_SIZE, after }, question.asOf);
}
