"""`croissant.json` of an export: Croissant 1.0, which machine learning tools read."""

from collections.abc import Iterator
from typing import Any

from schema.concepts import COLLECTIONS
from service.engine.citing.bibtex import bibtex
from service.engine.citing.citations import TITLE
from service.engine.exporting.cells import Column, Kind
from service.engine.exporting.formats import Format
from service.maintenance.exporting.package import Package
from service.maintenance.exporting.tables import WrittenTable

Json = dict[str, Any]

_CR = (
    *(
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
    ),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet"),
    *(
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
    ),
    "transform",
)
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in _CR},
}
# Croissant's media types of formats, where they differ from the registered ones.
_ENCODINGS = {Format.PARQUET: "application/x-parquet", Format.JSONL: "application/jsonlines"}
_TYPES = {
    Kind.INTEGER: "sc:Integer",
    Kind.BOOLEAN: "sc:Boolean",
    Kind.DECIMAL: "sc:Float",
    Kind.DAY: "sc:Date",
}
_LISTS = {Kind.TEXTS, Kind.OBJECTS}


def croissant(package: Package) -> Json:
    """The description of the folder, as JSON-LD."""
    cited = package.cited
    licences = dict.fromkeys(f"{each.title}: {each.licence}" for each in cited.datasets)
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": f"allygraph-r{cited.revision}",
        "description": f"{TITLE}. All records as of revision {cited.revision}.",
        "creator": {"@type": "sc:Organization", "name": "AllyGraph"},
        "license": list(licences) or ["See the data sets."],
        "version": f"{cited.revision}.0.0",
        **({"datePublished": cited.date} if cited.date else {}),
        "citeAs": bibtex(package.citation),
        "distribution": [_distribution(table, package.form) for table in package.tables],
        "recordSet": [_records(table, package.form) for table in package.tables if table.columns],
    }


def _distribution(table: WrittenTable, form: Format) -> Json:
    """The file of a table, or a set of files: for a set, Croissant has no sizes and digests."""
    described = {
        "@id": table.place,
        "name": table.place,
        "description": COLLECTIONS[table.name].description,
        "encodingFormat": _ENCODINGS.get(form, form.value.media_types[0]),
    }
    if table.parts:
        return {"@type": "cr:FileSet", **described, "includes": table.parts}
    (file,) = table.files
    return {
        "@type": "cr:FileObject",
        **described,
        "contentUrl": file.name,
        "contentSize": f"{file.size} B",
        "sha256": file.digest,
    }


def _records(table: WrittenTable, form: Format) -> Json:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": COLLECTIONS[table.name].description,
        "key": {"@id": f"{table.name}/id"},
        "field": list(_fields(table, form)),
    }


def _fields(table: WrittenTable, form: Format) -> Iterator[Json]:
    for column in table.columns:
        # In CSV a list is a string.
        has_lists = form is Format.PARQUET
        yield {
            **_field(f"{table.name}/{column.name}"),
            "description": column.description,
            **({"repeated": True} if has_lists and column.kind in _LISTS else {}),
            **(
                {"subField": list(_fields_of_objects(table, column))}
                if has_lists and column.fields
                else _value(table, column, column.kind)
            ),
        }


def _fields_of_objects(table: WrittenTable, column: Column) -> Iterator[Json]:
    for name, kind in column.fields.items():
        value = _value(table, column, kind)
        value["source"]["transform"] = {"jsonPath": name}
        yield _field(f"{table.name}/{column.name}/{name}") | value


def _field(name: str) -> Json:
    return {"@type": "cr:Field", "@id": name, "name": name}


def _value(table: WrittenTable, column: Column, kind: Kind) -> Json:
    """The type of a value, and the column that has it."""
    source = {
        "fileSet" if table.parts else "fileObject": {"@id": table.place},
        "extract": {"column": column.name},
    }
    return {"dataType": _TYPES.get(kind, "sc:Text"), "source": source}
