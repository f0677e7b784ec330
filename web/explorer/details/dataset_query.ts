/** The query for the details of a data set. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";

const DATASET = graphql(`
  query DatasetPage($slug: String!) {
    dataset(by: { slug: $slug }) {
      slug
      title
      version
      licence
      citation
      doi
      url
      publishedOn
      retrievedOn
      coversFrom
      coversUntil
      scope
      unitOfObservation
      mappingVersion
      supportKinds
      publisher {
        slug
        name
      }
      partOf {
        slug
        title
      }
      parts(first: 20) {
        nodes {
          slug
          title
        }
      }
      counts {
        counted
        number
      }
      supports(first: 1) {
        totalCount
      }
      coverage(first: 1) {
        totalCount
      }
    }
    phases: supportTotals(
      groupBy: [PHASE]
      where: { dataset: { slug: { eq: $slug } } }
      first: 10
    ) {
      nodes {
        phase
        certain {
          supports
        }
        possible {
          supports
        }
      }
    }
  }
`);

export type DatasetAnswer = ResultOf<typeof DATASET>;
export type ShownDataset = NonNullable<DatasetAnswer["dataset"]>;

export function askDataset(slug: string, asOf: number | null) {
  return asked(DATASET, { slug }, asOf);
}
