/** The queries that find existing records by their text. */

import { asked } from "../api/client";
import { graphql, type ResultOf, type SupportFilter } from "../api/graphql";

const DATASETS = graphql(`
  query DatasetsCalled($text: String!) {
    search(text: $text, types: [DATASET], first: 8) {
      nodes {
        record {
          __typename
          ... on Dataset {
            id
            title
            version
          }
        }
      }
    }
  }
`);

const SUPPORT = graphql(`
  fragment ReturnedSupport on Support @_unmask {
    id
    kind
    phase
    supporter {
      name
    }
    candidates(first: 20) {
      nodes {
        name
      }
    }
    recipient {
      name
    }
  }
`);

const SUPPORTS = graphql(
  `
    query SupportsOf($where: SupportFilter!) {
      supports(where: $where, first: 8) {
        nodes {
          ...ReturnedSupport
        }
      }
    }
  `,
  [SUPPORT],
);

export type Datasets = ResultOf<typeof DATASETS>;
export type Supports = ResultOf<typeof SUPPORTS>;

export function askDatasetsCalled(text: string) {
  return asked(DATASETS, { text });
}

/**
 * Builds the query for the supports that have each word in the name of an actor or in the summary.
 */
export function askSupportsOf(text: string) {
  const words = text.split(/\s+/).map((contains): SupportFilter => {
    const named = { name: { contains } };
    return { or: [{ supporter: named }, { recipient: named }, { summary: { contains } }] };
  });
  return asked(SUPPORTS, { where: { and: words } });
}
