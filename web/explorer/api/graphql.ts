/** Typed documents of the GraphQL API: `npm run types` checks them against the schema. */

import { initGraphQLTada } from "gql.tada";
import type { introspection } from "../../generated/schema";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { EDTFDate: string; DateTime: string; Decimal: string };
}>();

export type { ResultOf, TadaDocumentNode, VariablesOf } from "gql.tada";

export type SupportFilter = ReturnType<typeof graphql.scalar<"SupportFilter">>;
export type SupportKind = ReturnType<typeof graphql.scalar<"SupportKind">>;
export type SupportOrder = ReturnType<typeof graphql.scalar<"SupportOrder">>;
