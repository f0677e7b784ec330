"""`croissant.json` of an export: Croissant 1.0, which tools of machine learning read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from schema.concepts import COLLECTIONS
from service.engine.citing.bibtex import bibtex
from service.engine.citing.citations import TITLE
from service.engine.exporting.cells import Kind
from service.engine.exporting.formats import Format
from service.maintenance.exporting.tables import WrittenTable

if TYPE_CHECKING:
    # Circular: a package is described by this.
    from service.maintenance.exporting.package import Package

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
# What Croissant calls the formats, where that is not the registered name.
_ENCODINGS = {Format.PARQUET: "application/x-parquet", Format.JSONL: "application/jsonlines"}
_TYPES = {
    Kind.INTEGER: "sc:Integer",
    Kind.BOOLEAN: "sc:Boolean",
    Kind.DECIMAL: "sc:Float",
    Kind.DAY: "sc:Date",
}


def croissant(package: "Package") -> Json:
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
        "distribution": [_file(table, package.form) for table in package.tables],
        "recordSet": [_records(table) for table in package.tables if table.columns],
    }


def _file(table: WrittenTable, form: Format) -> Json:
    name = table.file.path.name
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": COLLECTIONS[table.name].description,
        "contentUrl": name,
        "contentSize": f"{table.file.size} B",
        "encodingFormat": _ENCODINGS.get(form, form.value.media_types[0]),
        "sha256": table.file.digest,
    }


def _records(table: WrittenTable) -> Json:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": COLLECTIONS[table.name].description,
        "key": {"@id": f"{table.name}/id"},
        "field": list(_fields(table)),
    }


def _fields(table: WrittenTable) -> Iterator[Json]:
    for column in table.columns:
        yield {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": f"{table.name}/{column.name}",
            "description": column.description,
            "dataType": _TYPES.get(column.kind, "sc:Text"),
            "source": {
                "fileObject": {"@id": table.file.path.name},
                "extract": {"column": column.name},
            },
        }
