/** The query of the search box, and what the choice of each hit changes in the question. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";
import type { KindTree } from "../kinds/kinds";
import type { Question } from "../question/question";
import { words } from "../words";

const FIND = graphql(`
  query Find($text: String!) {
    search(text: $text, first: 10) {
      totalCount
      nodes {
        type
        text
        matches {
          start
          end
        }
        record {
          __typename
          id
          ... on Actor {
            slug
            name
            actorKind: kind
          }
          ... on Conflict {
            slug
            name
          }
          ... on Dataset {
            slug
            title
            version
          }
          ... on Support {
            supportKind: kind
            supporter {
              name
            }
            recipient {
              name
            }
          }
          ... on Statement {
            speaker {
              name
            }
          }
          ... on Source {
            publisher {
              name
            }
          }
        }
      }
    }
  }
`);

export type Found = ResultOf<typeof FIND>;
type Hit = Found["search"]["nodes"][number];
type Match = Hit["matches"][number];

/** One suggestion: its text, and the parts of the question that choosing it changes. */
export interface Suggestion {
  key: string;
  text: string;
  matches: readonly Match[];
  /** The type of the record, with details such as the kind of an actor. */
  note: string;
  parts: Partial<Question>;
}

/**
 * Builds the query for the records that contain these words; null if the text has no letter or
 * digit.
 */
export function askFound(text: string, asOf: number | null) {
  return /[\p{L}\p{N}]/u.test(text) ? asked(FIND, { text }, asOf) : null;
}

/** The hits, in the order of the API. */
export function suggestionsOf(found: Found, kinds: KindTree): Suggestion[] {
  return found.search.nodes.map(({ type, text, matches, record }) => ({
    key: record.id,
    text,
    matches,
    note: [words.search.types[type], ...noteOf({ text, record }, kinds)].join(" · "),
    parts: partsOf(record),
  }));
}

function noteOf({ text, record }: Pick<Hit, "text" | "record">, kinds: KindTree): string[] {
  switch (record.__typename) {
    case "Actor": {
      const kind = words.actorKinds[record.actorKind];
      return text === record.name ? [kind] : [kind, record.name];
    }
    case "Conflict":
      return text === record.name ? [] : [record.name];
    case "Dataset":
      return text === record.title ? [record.version] : [record.title, record.version];
    case "Support": {
      const { supporter, recipient, supportKind } = record;
      const unknown = words.table.unknown;
      const ends = words.search.gives(supporter?.name ?? unknown, recipient?.name ?? unknown);
      return [kinds.label(supportKind), ends];
    }
    case "Statement":
      return [record.speaker.name];
    case "Source":
      return record.publisher ? [record.publisher.name] : [];
    default:
      return [];
  }
}

function partsOf(record: Hit["record"]): Partial<Question> {
  switch (record.__typename) {
    case "Actor":
      return { selected: { type: "actor", slug: record.slug }, around: [record.slug] };
    case "Conflict":
      return { conflicts: [record.slug], selected: null };
    case "Dataset":
      return { selected: { type: "dataset", slug: record.slug } };
    case "Support":
      return { selected: { type: "support", id: record.id } };
    case "Statement":
      return { selected: { type: "statement", id: record.id } };
    case "Source":
      return { selected: { type: "source", id: record.id } };
    default:
      return {};
  }
}

/** A part of a text, and whether it matches the search. */
export type Piece = [text: string, isFound: boolean];

/** Splits the text at the matches, whose offsets the API counts in code points. */
export function pieces(text: string, matches: readonly Match[]): Piece[] {
  const characters = [...text];
  const cut = (start: number, end?: number) => characters.slice(start, end).join("");
  let done = 0;
  const parts: Piece[] = [];
  for (const { start, end } of matches) {
    parts.push([cut(done, start), false], [cut(start, end), true]);
    done = end;
  }
  parts.push([cut(done), false]);
  return parts.filter(([part]) => part !== "");
}
