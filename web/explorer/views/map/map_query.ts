/** The query of the map: the network, with the codes that identify states on the map. */

import { asked } from "../../api/client";
import { graphql, type ResultOf } from "../../api/graphql";
import { supportFilter } from "../../question/filter";
import type { Question } from "../../question/question";

const MAP = graphql(`
  query Map($around: [ActorBy!], $hops: Int!, $where: SupportFilter, $first: Int!) {
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
          codes {
            scheme
            value
            endedOn
          }
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
        }
      }
    }
  }
`);

export type MapNetwork = ResultOf<typeof MAP>["network"];
export type MapActor = MapNetwork["nodes"][number]["actor"];

export function askMap(question: Question) {
  const { around, hops, most } = question;
  return asked(
    MAP,
    {
      around: around.length > 0 ? around.map((slug) => ({ slug })) : null,
      hops,
      where: supportFilter(question, ["around"]),
      first: most,
    },
    question.asOf,
  );
}
