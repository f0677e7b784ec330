/** The query of the network: actors and edges, which the API folds from supports. */

import { asked } from "../../api/client";
import { graphql, type ResultOf } from "../../api/graphql";
import { supportFilter } from "../../question/filter";
import type { Question } from "../../question/question";

const NETWORK = graphql(`
  query Network($around: [ActorBy!], $hops: Int!, $where: SupportFilter, $first: Int!) {
    network(around: $around, hops: $hops, where: $where, first: $first) {
      edgeCount
      complete
      nodes {
        given
        received
        actor {
          slug
          name
          kind
        }
      }
      edges {
        supporter {
          slug
        }
        recipient {
          slug
        }
        parts {
          kind
          phase
          certain
          possible
          mutual
          contested
          startCensored
          endCensored
          candidatesAtLeast
          candidates
        }
      }
    }
  }
`);

export type Network = ResultOf<typeof NETWORK>["network"];
export type NetworkEdge = Network["edges"][number];
export type NetworkNode = Network["nodes"][number];

/**
 * Builds the query for the network of the question: the whole one, or the one around its actors.
 */
export function askNetwork(question: Question) {
  const { around, hops, most } = question;
  return asked(
    NETWORK,
    {
      around: around.length > 0 ? around.map((slug) => ({ slug })) : null,
      hops,
      where: supportFilter(question, ["around"]),
      first: most,
    },
    question.asOf,
  );
}
