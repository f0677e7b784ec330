/** The mutation that records a statement, with its token and its idempotency key. */

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

/** Sends the statement. With the same key, the API takes the same input only once. */
export async function record(input: RecordInput, token: string, key: string): Promise<Recorded> {
  const answer = await ask(asked(RECORD, { input }), new AbortController().signal, {
    authorization: `Bearer ${token}`,
    "idempotency-key": key,
  });
  return answer.recordStatement;
}

/** A key that nobody else has; `crypto.randomUUID` is for pages over HTTPS only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
