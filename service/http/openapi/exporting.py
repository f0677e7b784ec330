"""Exports in the OpenAPI document: an address for each table and format."""

from collections.abc import Iterator

from schema.concepts import COLLECTIONS
from service.engine.exporting.formats import Format
from service.engine.exporting.tables import PANEL, TOTALS
from service.http.openapi.components import FILE_HEADERS
from service.http.openapi.panel import panel_export_parameters
from service.http.openapi.parameters import export_parameters
from service.http.openapi.reading import answer, read_operation
from service.http.openapi.totals import totals_export_parameters
from service.http.openapi.values import Json, reference_to

# The status if the service lacks a package that the format needs.
_NOT_INSTALLED = {form: ("406",) if form.value.extra else () for form in Format}


def export_paths() -> Json:
    """A path for each table and format."""
    return dict(_paths())


def _paths() -> Iterator[tuple[str, Json]]:
    for form in Format:
        for name, concept in COLLECTIONS.items():
            parameters = export_parameters(concept)
            yield _path(name, concept.plural, concept.name, parameters, form)
        yield _path(TOTALS, "groups of supports", "SupportTotal", totals_export_parameters(), form)
        yield _path(PANEL, "rows of a panel", "PanelRow", panel_export_parameters(), form)


def _path(
    name: str, plural: str, record: str, parameters: list[Json], form: Format
) -> tuple[str, Json]:
    extension = form.value.extension
    media_type = form.value.media_types[0]
    description = f"All {plural} that match, of one revision."
    operation = read_operation(
        f"export{name[0].upper()}{name[1:]}As{extension.capitalize()}",
        name,
        summary=f"Export {plural} as {extension.upper()}",
        description=f"Returns all {plural} that match all filters, as a file. "
        f"`Accept: {media_type}` on `/api/v1/{name}` does the same.",
        parameters=parameters,
        ok=answer(description, _schema(record, form), FILE_HEADERS, media_type),
        errors=("400", *_NOT_INSTALLED[form]),
    )
    return f"/api/v1/{name}.{extension}", {"get": operation}


def _schema(record: str, form: Format) -> Json:
    if form is Format.JSONL:
        return reference_to(record) | {"description": "One line of the file."}
    if form is Format.PARQUET:
        return {"description": "A Parquet file with the columns of the CSV file."}
    return {"type": "string", "description": "A header and a row for each record (RFC 4180)."}
