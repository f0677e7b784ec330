"""What may be asked in GraphQL: types, filters and orders derived from the concepts."""
