"""The codebook of an export: each table with its columns, and the terms that they can have."""

from collections.abc import Iterator, Sequence

from schema.vocabulary import Vocabulary
from service.engine.exporting.cells import Column, Kind
from service.maintenance.exporting.parts import NO_DATASET
from service.maintenance.exporting.tables import WrittenTable

_TYPES = {
    Kind.TEXT: "text",
    Kind.PLAIN: "text",
    Kind.INTEGER: "integer",
    Kind.BOOLEAN: "true or false",
    Kind.DECIMAL: "exact decimal number",
    Kind.DATE: "date (EDTF)",
    Kind.DAY: "day (ISO 8601)",
    Kind.TEXTS: "list of texts",
    Kind.OBJECTS: "list of objects",
    Kind.JSON: "JSON",
}
# The description of a table that is divided into parts.
_PARTS = (
    "One file for each data set, in a folder with its slug. Readers of Hive partitions have the "
    f"slug as a further column, `dataset`: `{NO_DATASET}` for records that come from none."
)


def codebook(tables: Sequence[WrittenTable]) -> str:
    """The codebook as Markdown."""
    return "".join(_sections(tables))


def _sections(tables: Sequence[WrittenTable]) -> Iterator[str]:
    yield f"# Codebook\n\nAllyGraph, revision {tables[0].revision}.\n"
    vocabularies: dict[str, Vocabulary] = {}
    for table in tables:
        count = "" if table.records is None else f", {table.records} records"
        yield f"\n## {table.name}\n\n`{table.place}`{count}.\n"
        if table.parts:
            yield f"\n{_PARTS}\n"
        if table.columns:
            yield "\n| column | type | contents |\n|---|---|---|\n"
        for column in table.columns:
            yield f"| `{column.name}` | {_type(column)} | {column.description} |\n"
            if column.terms:
                vocabularies[column.terms.name] = column.terms
    for name, vocabulary in vocabularies.items():
        yield f"\n## Terms of {name}\n\n| term | meaning |\n|---|---|\n"
        yield from (f"| `{term.code}` | {term.description} |\n" for term in vocabulary.terms)


def _type(column: Column) -> str:
    return f"term of {column.terms.name}" if column.terms else _TYPES[column.kind]
