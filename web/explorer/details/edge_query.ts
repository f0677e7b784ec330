/** The query for the details of an edge: each support, and each statement about it. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";
import { edgeFilter, supportFilter } from "../question/filter";
import type { Question, Selection } from "../question/question";

/** The details show no more; a button opens the table for the rest. */
const MOST_SUPPORTS = 30;

export const STATEMENT = graphql(`
  fragment Said on Statement @_unmask {
    id
    text
    quoted
    language
    saidOn
    credibility
    note
    speaker {
      slug
      name
    }
    onBehalfOf {
      slug
      name
    }
    source {
      title
      url
      publishedOn
      reliability
      publisher {
        name
      }
    }
  }
`);

export const SUPPORT = graphql(
  `
    fragment Shown on Support @_unmask {
      id
      kind
      phase
      summary
      place
      note
      agreedOn
      startedOn
      endedOn
      startCensored
      endCensored
      mutual
      attribution
      candidatesAtLeast
      sourceKey
      supporter {
        slug
        name
      }
      recipient {
        slug
        name
      }
      against {
        slug
        name
      }
      conflict {
        slug
        name
      }
      inReturnFor {
        summary
        kind
      }
      dataset {
        slug
        title
        version
        licence
      }
      candidates(first: 12) {
        totalCount
        nodes {
          slug
          name
        }
      }
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
      assessment {
        asserting
        denying
        questioning
        contested
        independentSources
      }
      evidence(first: 20) {
        totalCount
        nodes {
          id
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
          statement {
            ...Said
            correctedBy(first: 3) {
              nodes {
                ...Said
              }
            }
          }
        }
      }
    }
  `,
  [STATEMENT],
);

const EDGE = graphql(
  `
    query Edge($where: SupportFilter, $first: Int!, $supporter: String!, $recipient: String!) {
      supporter: actor(by: { slug: $supporter }) {
        slug
        name
      }
      recipient: actor(by: { slug: $recipient }) {
        slug
        name
      }
      supports(where: $where, first: $first, orderBy: [{ kind: ASC }, { startedOn: DESC }]) {
        totalCount
        nodes {
          ...Shown
        }
      }
    }
  `,
  [SUPPORT],
);

export type ShownSupport = ResultOf<typeof SUPPORT>;
export type Said = ResultOf<typeof STATEMENT>;
export type ShownEvidence = ShownSupport["evidence"]["nodes"][number];
export type Edge = Extract<Selection, { type: "edge" }>;

/** Builds the query for the supports of an edge under the question's filters except `around`. */
export function askEdge(question: Question, { supporter, recipient, kind }: Edge) {
  const kinds = kind === undefined ? question.kinds : [{ kind, under: true }];
  const where = {
    and: [supportFilter({ ...question, kinds }, ["around"]), edgeFilter(supporter, recipient)],
  };
  return asked(EDGE, { where, first: MOST_SUPPORTS, supporter, recipient }, question.asOf);
}
