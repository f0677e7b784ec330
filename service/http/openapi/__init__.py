"""The OpenAPI document, derived from the concepts. Nothing here reads a request."""
