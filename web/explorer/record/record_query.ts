/** Sends the mutation that records a statement, with a token and an idempotency key. */

import { ask, asked } from "../api/client";
import { graphql, type ResultOf, type VariablesOf } from "../api/graphql";

const RECORD = graphql(`
  mutation RecordStatement($input: RecordStatementInput!) {
    recordStatement(input: $input) {
      statement {
        id
        evidence(first: 100) {
          nodes {
            support {
              kind
              supporter {
                slug
              }
              recipient {
                slug
              }
            }
          }
        }
      }
      revision {
        number
      }
      errors {
        path
        code
        message
      }
    }
  }
`);

export type RecordInput = VariablesOf<typeof RECORD>["input"];
export type Recorded = ResultOf<typeof RECORD>["recordStatement"];

/** Sends the statement. The API records an input with the same key only once. */
export async function record(input: RecordInput, token: string, key: string): Promise<Recorded> {
  const answer = await ask(asked(RECORD, { input }), new AbortController().signal, {
    authorization: `Bearer ${token}`,
    "idempotency-key": key,
  });
  return answer.recordStatement;
}

/** A random key. `crypto.randomUUID` exists only for pages served over HTTPS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
