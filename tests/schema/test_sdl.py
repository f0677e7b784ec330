"""The committed GraphQL schema is the one that is served."""

from pathlib import Path

from graphql import build_schema

from service.cli.schema_text import sdl_text

COMMITTED = Path(__file__).parents[2] / "schema" / "schema.graphql"


def test_schema_is_committed() -> None:
    assert COMMITTED.read_text() == sdl_text(), "Run `make schema` and commit its result."


def test_schema_can_be_read_by_others() -> None:
    schema = build_schema(COMMITTED.read_text())
    assert schema.query_type
    assert "supports" in schema.query_type.fields
