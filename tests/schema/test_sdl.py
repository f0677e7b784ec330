"""The committed GraphQL schema equals the served one."""

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


def test_descriptions_are_not_indented() -> None:
    """Markdown shows an indented line as code. Only Python 3.13 removes it from docstrings."""
    described = "\n".join(
        named.description or "" for named in build_schema(COMMITTED.read_text()).type_map.values()
    )
    assert [line for line in described.splitlines() if line.startswith(" ")] == []
