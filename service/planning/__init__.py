"""Turns a GraphQL operation or a REST request into a plan."""
