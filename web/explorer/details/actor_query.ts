/** The query for the details of an actor. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";
import { supportFilter } from "../question/filter";
import type { Question } from "../question/question";

const GROUPS = graphql(`
  fragment Groups on SupportTotalConnection @_unmask {
    nodes {
      kind
      year
      certain {
        supports
      }
      possible {
        supports
      }
    }
  }
`);

const ACTOR = graphql(
  `
    query Actor($slug: String!, $given: SupportFilter, $received: SupportFilter) {
      actor(by: { slug: $slug }) {
        slug
        name
        kind
        description
        aliases {
          name
          language
          kind
        }
        codes {
          scheme
          value
        }
        memberOf(first: 20) {
          nodes {
            role
            organisation {
              slug
              name
            }
          }
        }
        predecessors(first: 20) {
          nodes {
            kind
            succeededOn
            predecessor {
              slug
              name
            }
          }
        }
        successors(first: 20) {
          nodes {
            kind
            succeededOn
            successor {
              slug
              name
            }
          }
        }
      }
      given: supportTotals(groupBy: [KIND], where: $given, first: 500) {
        ...Groups
      }
      received: supportTotals(groupBy: [KIND], where: $received, first: 500) {
        ...Groups
      }
      givenByYear: supportTotals(groupBy: [KIND, YEAR], kindLevel: 1, where: $given, first: 500) {
        ...Groups
      }
      receivedByYear: supportTotals(
        groupBy: [KIND, YEAR]
        kindLevel: 1
        where: $received
        first: 500
      ) {
        ...Groups
      }
    }
  `,
  [GROUPS],
);

export type ActorAnswer = ResultOf<typeof ACTOR>;
export type KindGroup = ActorAnswer["given"]["nodes"][number];

/** Builds the query for one actor and its supports under the question's filters except `around`. */
export function askActor(question: Question, slug: string) {
  const filter = supportFilter(question, ["around"]);
  const actor = { slug: { eq: slug } };
  const given = {
    and: [filter, { or: [{ supporter: actor }, { candidates: { some: actor } }] }],
  };
  const received = { and: [filter, { recipient: actor }] };
  return asked(ACTOR, { slug, given, received }, question.asOf);
}
