"""The OpenAPI document, derived from the concepts. No request is read here."""
