"""The GraphQL schema: types, filters, orders and inputs, derived from the concepts."""
