/** The queries for earlier statements, to correct or withdraw, and for what they claim. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";

const STATEMENTS = graphql(`
  query StatementsSaying($text: String!) {
    search(text: $text, types: [STATEMENT], first: 8) {
      nodes {
        record {
          __typename
          ... on Statement {
            id
            text
            saidOn
            speaker {
              name
            }
          }
        }
      }
    }
  }
`);

const CORRECTED = graphql(`
  query Corrected($id: ID!) {
    statement(id: $id) {
      id
      text
      speaker {
        slug
        name
        kind
      }
      evidence(first: 100) {
        nodes {
          stance
          note
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
          support {
            id
            kind
            phase
            supporter {
              name
            }
            recipient {
              name
            }
            candidates(first: 20) {
              nodes {
                name
              }
            }
          }
        }
      }
    }
  }
`);

export type Corrected = NonNullable<ResultOf<typeof CORRECTED>["statement"]>;

export function askStatementsSaying(text: string) {
  return asked(STATEMENTS, { text });
}

export function askCorrected(id: string) {
  return asked(CORRECTED, { id });
}
