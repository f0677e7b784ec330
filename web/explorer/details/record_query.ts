/**
 * The queries for the details of a support, a statement or a source: by id, without the filters.
 */

import { asked } from "../api/client";
import { graphql } from "../api/graphql";
import { STATEMENT, SUPPORT } from "./edge_query";

const ONE_SUPPORT = graphql(
  `
    query OneSupport($id: ID!) {
      support(id: $id) {
        ...Shown
      }
    }
  `,
  [SUPPORT],
);

const ONE_STATEMENT = graphql(
  `
    query OneStatement($id: ID!) {
      statement(id: $id) {
        ...Said
        evidence(first: 10) {
          totalCount
          nodes {
            id
            support {
              ...Shown
            }
          }
        }
      }
    }
  `,
  [STATEMENT, SUPPORT],
);

const ONE_SOURCE = graphql(
  `
    query OneSource($id: ID!) {
      source(id: $id) {
        title
        url
        publishedOn
        publisher {
          slug
          name
        }
        statements(first: 50, orderBy: [{ saidOn: ASC }]) {
          totalCount
          nodes {
            ...Said
          }
        }
      }
    }
  `,
  [STATEMENT],
);

export function askSupport(id: string, asOf: number | null) {
  return asked(ONE_SUPPORT, { id }, asOf);
}

export function askStatement(id: string, asOf: number | null) {
  return asked(ONE_STATEMENT, { id }, asOf);
}

export function askSource(id: string, asOf: number | null) {
  return asked(ONE_SOURCE, { id }, asOf);
}
