/** Undoes a revision: deletes the records that it created, all or nothing. */

import { type Asked, ask, asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";
import { words } from "../words";
import type { Recorded } from "./record_query";

const CREATED = graphql(`
  query Created($since: Int!) {
    changes(since: $since, first: 500) {
      nodes {
        action
        type
        recordId
        revision {
          number
        }
        record {
          __typename
          ... on Evidence {
            support {
              id
            }
          }
        }
      }
    }
  }
`);

type Change = ResultOf<typeof CREATED>["changes"]["nodes"][number];

type Problem = Recorded["errors"][number];

/** The order of the deletions: a record comes before those that it refers to. */
const DELETIONS: readonly [type: Change["type"], mutation: string][] = [
  ["EVIDENCE", "deleteEvidence"],
  ["SUPPORT", "deleteSupport"],
  ["STATEMENT", "deleteStatement"],
  ["SOURCE", "deleteSource"],
  ["CONFLICT", "deleteConflict"],
  ["ACTOR", "deleteActor"],
];

interface Deletion {
  mutation: string;
  id: string;
}

/** The deletions that undo a revision, in order. */
export function deletionsOf(changes: readonly Change[], revision: number): Deletion[] {
  const created = changes.filter(
    (change) => change.action === "CREATED" && change.revision.number === revision,
  );
  const isOf = (wanted: Change["type"]) => (change: Change) => change.type === wanted;
  const supports = new Set(created.filter(isOf("SUPPORT")).map(({ recordId }) => recordId));
  // Deleting a support deletes its evidence too.
  const left = created.filter(
    ({ record }) => record?.__typename !== "Evidence" || !supports.has(record.support.id),
  );
  return DELETIONS.flatMap(([type, mutation]) =>
    left.filter(isOf(type)).map(({ recordId }) => ({ mutation, id: recordId })),
  );
}

/** Undoes a revision in one write. Returns the problems; if there are any, nothing is deleted. */
export async function undo(revision: number, token: string): Promise<Problem[]> {
  const signal = new AbortController().signal;
  const { changes } = await ask(asked(CREATED, { since: revision - 1 }), signal);
  const deletions = deletionsOf(changes.nodes, revision);
  const answer = await ask(undoing(deletions, revision), signal, {
    authorization: `Bearer ${token}`,
  });
  return Object.values(answer).flatMap(({ errors }) => errors);
}

/**
 * Builds one mutation with all deletions, which the API runs all or nothing. `ifRevision` refuses
 * to delete a record that has changed since.
 */
function undoing(
  deletions: readonly Deletion[],
  revision: number,
): Asked<Record<string, { errors: Problem[] }>> {
  const names = deletions.map((_, place) => `id${place}`);
  const fields = deletions.map(
    ({ mutation }, place) =>
      `  ${mutation}${place}: ${mutation}(id: $id${place}, ifRevision: $revision, message: $message) {\n` +
      "    errors { path code message }\n  }",
  );
  const parameters = names.map((name) => `$${name}: ID!`).join(", ");
  return {
    text:
      `mutation Undo($revision: Int!, $message: String!, ${parameters}) {\n` +
      `${fields.join("\n")}\n}`,
    variables: {
      revision,
      message: words.record.undoMessage(revision),
      ...Object.fromEntries(deletions.map(({ id }, place) => [`id${place}`, id])),
    },
  };
}
