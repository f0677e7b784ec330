/**
 * The queries of the totals: the units in which there are amounts, and the groups that are drawn as
 * bars.
 */

import { asked } from "../../api/client";
import { graphql, type ResultOf, type SupportFilter, type VariablesOf } from "../../api/graphql";
import { supportFilter } from "../../question/filter";
import type { Question, TotalsBy } from "../../question/question";
import { type Measure, measureOf } from "./measure";

const PAGE_SIZE = 500;

const UNITS = graphql(`
  query Units($where: SupportFilter) {
    supportTotals(groupBy: [UNIT], where: $where, first: 200) {
      nodes {
        quantityUnit
        worthUnit
        worthCurrency
      }
    }
  }
`);

const SUMS = graphql(`
  fragment Sums on SupportSums @_unmask {
    supports
    quantity @include(if: $isSummed) {
      value
      low
      high
    }
    worth @include(if: $isSummed) {
      value
      low
      high
    }
  }
`);

const TOTALS = graphql(
  `
    query Totals(
      $groupBy: [SupportDimension!]!
      $isSummed: Boolean!
      $where: SupportFilter
      $orderBy: [SupportTotalOrder!]
      $first: Int!
      $after: String
    ) {
      supportTotals(
        groupBy: $groupBy
        where: $where
        orderBy: $orderBy
        first: $first
        after: $after
      ) {
        totalCount
        unknownCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          dataset {
            slug
            title
            version
            licence
            url
            partOf {
              title
            }
          }
          phase
          supporter {
            slug
            name
          }
          recipient {
            slug
            name
          }
          kind
          year
          quantityUnit
          worthUnit
          worthCurrency
          certain {
            ...Sums
          }
          possible {
            ...Sums
          }
        }
      }
    }
  `,
  [SUMS],
);

export type TotalsPage = ResultOf<typeof TOTALS>["supportTotals"];
export type Total = TotalsPage["nodes"][number];
type Order = NonNullable<VariablesOf<typeof TOTALS>["orderBy"]>;
type Dimension = VariablesOf<typeof TOTALS>["groupBy"][number];

const DIMENSIONS: Record<TotalsBy, Dimension[]> = {
  supporter: ["SUPPORTER"],
  recipient: ["RECIPIENT"],
  kind: ["KIND"],
  year: ["YEAR"],
  "supporter-year": ["SUPPORTER", "YEAR"],
};

export function askUnits(question: Question) {
  return asked(UNITS, { where: supportFilter(question) }, question.asOf);
}

/**
 * Builds the query for the page of groups after a cursor, the largest first; null for the first
 * page.
 */
export function askTotals(question: Question, after: string | null = null) {
  const measure = measureOf(question.measure);
  const isSummed = measure.of !== "supports";
  const dimensions = DIMENSIONS[question.by];
  const variables = {
    groupBy: isSummed ? [...dimensions, "UNIT" as const] : dimensions,
    isSummed,
    where: measured(supportFilter(question), measure),
    orderBy: largestFirst(measure),
    first: PAGE_SIZE,
    after,
  };
  return asked(TOTALS, variables, question.asOf);
}

/** Adds the condition that a support has an amount in the unit. */
function measured(where: SupportFilter, measure: Measure): SupportFilter {
  if (measure.of === "supports") return where;
  const amount =
    measure.of === "quantity"
      ? { quantity: { unit: { eq: measure.unit } } }
      : "currency" in measure
        ? { worth: { currency: { eq: measure.currency } } }
        : { worth: { unit: { eq: measure.unit } } };
  return (Object.keys(where).length === 0 ? amount : { and: [where, amount] }) as SupportFilter;
}

function largestFirst({ of }: Measure): Order {
  const sums = of === "supports" ? { [of]: "DESC" } : { [of]: { value: "DESC" } };
  return [{ certain: sums }, { possible: sums }] as Order;
}
