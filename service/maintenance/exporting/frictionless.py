"""`datapackage.json` of an export, as Frictionless reads it (Data Package 2.0)."""

from typing import Any

from schema.concepts import COLLECTIONS, CONCEPTS, ToOne
from service.engine.citing.citations import TITLE, CitedDataset
from service.engine.exporting.cells import Column, Kind
from service.engine.exporting.formats import Format
from service.maintenance.exporting.package import Package
from service.maintenance.exporting.tables import WrittenTable

Json = dict[str, Any]

_TYPES = {
    Kind.INTEGER: "integer",
    Kind.BOOLEAN: "boolean",
    Kind.DECIMAL: "number",
    Kind.DAY: "date",
}
# CSV cells have lists and pages as JSON; Parquet has lists.
_IN_CSV = {Kind.OBJECTS: "array", Kind.JSON: "object"}
_IN_PARQUET = {Kind.OBJECTS: "any", Kind.TEXTS: "any"}


def data_package(package: Package) -> Json:
    """The Data Package descriptor of the folder."""
    cited = package.cited
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"allygraph-r{cited.revision}",
        "title": TITLE,
        "description": f"All records as of revision {cited.revision}.",
        "version": str(cited.revision),
        **({"created": f"{cited.date}T00:00:00Z"} if cited.date else {}),
        **({"sources": [_source(each) for each in cited.datasets]} if cited.datasets else {}),
        "resources": [_resource(each, package) for each in package.tables],
    }


def _source(dataset: CitedDataset) -> Json:
    title = f"{dataset.title}, version {dataset.version}. Licence: {dataset.licence}"
    path = {"path": dataset.address} if dataset.address else {}
    return {"title": title, **path, "version": dataset.version}


def _resource(table: WrittenTable, package: Package) -> Json:
    file_type = package.form.value
    resource: Json = {
        "name": table.name,
        "description": COLLECTIONS[table.name].description,
        **_paths(table),
        "format": file_type.extension,
        "mediatype": file_type.media_types[0],
        "encoding": "utf-8",
    }
    if not table.columns:
        return resource
    return resource | {"type": "table", "schema": _schema(table, package)}


def _paths(table: WrittenTable) -> Json:
    """The paths of a table's files.

    `parts` is our extension: a Data Package has no sizes and digests of parts.
    """
    files = [
        {"path": file.name, "bytes": file.size, "hash": f"sha256:{file.digest}"}
        for file in table.files
    ]
    if table.parts is None:
        return files[0]
    return {"path": [file["path"] for file in files], "parts": files}


def _schema(table: WrittenTable, package: Package) -> Json:
    names = {each.name for each in package.tables}
    keys = [key for key in _foreign_keys(table.name) if key["reference"]["resource"] in names]
    return {
        "fields": [_field(column, package.form) for column in table.columns],
        "primaryKey": ["id"],
        "missingValues": [""],
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column, form: Format) -> Json:
    types = _TYPES | (_IN_PARQUET if form is Format.PARQUET else _IN_CSV)
    described: Json = {
        "name": column.name,
        "type": types.get(column.kind, "string"),
        "description": column.description,
    }
    if column.terms and column.kind is Kind.PLAIN:
        described["constraints"] = {"enum": list(column.terms.codes)}
    return described


def _foreign_keys(name: str) -> list[Json]:
    return [
        {
            "fields": [f"{member.name}.id"],
            "reference": {"resource": CONCEPTS[member.target].collection.name, "fields": ["id"]},
        }
        for member in COLLECTIONS[name].members.values()
        if isinstance(member, ToOne)
    ]
