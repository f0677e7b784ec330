"""The totals in the OpenAPI document."""

from collections.abc import Iterator

from schema.analysis.totals import (
    AMOUNTS,
    COUNTS,
    DIMENSIONS,
    KIND_LEVEL_MOST,
    OWN,
    PARTS,
    SUMS,
    VALUED,
    VALUED_DESCRIPTION,
)
from schema.concepts import CONCEPTS, Attribute, ToOne
from schema.graphql.totals import FIELD_DESCRIPTION
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.records.columns import Meaning, Scalar
from service.http.openapi.components import (
    CITED_LINK_HEADER,
    REVISION,
    count,
    linked_name,
    list_of,
    nullable,
    object_of,
)
from service.http.openapi.parameters import filters, parameter, refer, size
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.values import (
    NAMES_MOST,
    Json,
    choice,
    integer,
    reference_to,
    value_schema,
)

_SUPPORT = CONCEPTS["Support"]
_SHARED = ("AsOf", "AsOfHeader", *filters(_SUPPORT), "IfNoneMatch")


def totals_paths() -> Json:
    """The path of the totals."""
    ok = json_answer("A page of totals.", "SupportTotalPage", CITED_LINK_HEADER)
    return {
        "/api/v1/totals": {
            "get": read_operation(
                "listTotals",
                "totals",
                summary="Count supports and add up their amounts, in groups",
                description=FIELD_DESCRIPTION,
                parameters=refer(*totals_parameters(), "After", *_SHARED),
                ok=ok,
                errors=("400", "406"),
            )
        }
    }


def totals_export_parameters() -> list[Json]:
    """The parameters of a request for all groups: those of a page, without paging."""
    own = (name for name in totals_parameters() if name != "TotalFirst")
    return refer(*own, *_SHARED)


def totals_parameters() -> Json:
    """The parameters that only totals have, as components."""
    dimensions = {"type": "array", "items": reference_to("SupportDimension")}
    level = integer(0, KIND_LEVEL_MOST)
    keys = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": NAMES_MOST}
    return {
        "TotalGroupBy": parameter("groupBy", "What the supports are grouped by.", dimensions)
        | {"required": True, "example": ["RECIPIENT", "KIND"]},
        "TotalKindLevel": parameter(
            "kindLevel",
            "Level of the hierarchy of kinds at which KIND groups: 0 is the root. Default: the kind"
            " of each support.",
            level,
        ),
        "TotalOrderBy": parameter(
            "orderBy",
            "Sort keys, the most significant first; with the prefix `-`, descending:"
            f" {', '.join(_order_paths())}, or a field of what is grouped by.",
            keys,
        )
        | {"example": ["-certain.supports"]},
        "TotalFirst": size(f"Number of groups to return. Default: {FIRST_DEFAULT}."),
    }


def _order_paths() -> Iterator[str]:
    for part in PARTS:
        yield from (f"`{part}.{name}`" for name in COUNTS)
        yield from (f"`{part}.{amount}.{name}`" for amount in AMOUNTS for name in (*SUMS, VALUED))


def totals_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a page of totals, of a group and its sums."""
    yield (
        "SupportDimension",
        choice(
            "What totals of supports are grouped by.",
            {code: each.description for code, each in DIMENSIONS.items()},
        ),
    )
    sums = {name: _decimal(description) for name, description in SUMS.items()}
    sums[VALUED] = count(VALUED_DESCRIPTION)
    yield "AmountSum", object_of(sums, "Amounts of one unit, added together.")
    counts = {name: count(description) for name, description in COUNTS.items()}
    amounts = {
        name: nullable(reference_to("AmountSum") | {"description": description})
        for name, description in AMOUNTS.items()
    }
    part = object_of(counts | amounts, "Number and sums of supports.")
    yield "SupportSums", part | {"required": list(counts)}
    parts = {
        name: reference_to("SupportSums") | {"description": description}
        for name, description in PARTS.items()
    }
    total = object_of(dict(_members()) | parts, "A group of supports, with its number and sums.")
    yield "SupportTotal", total | {"required": ["dataset", "phase", *parts]}
    yield (
        "SupportTotalPage",
        object_of(
            {
                "data": list_of(reference_to("SupportTotal"), FIRST_MOST, "The groups."),
                "page": reference_to("Page"),
                "revision": REVISION,
            },
            "A page of totals.",
        ),
    )


def _members() -> Iterator[tuple[str, Json]]:
    for name in (name for each in DIMENSIONS.values() for name in each.members):
        match _SUPPORT.members[name]:
            case ToOne(target=target, description=description):
                end = reference_to(linked_name(CONCEPTS[target]))
                yield name, nullable(end | {"description": description})
            case Attribute(meaning=meaning):
                yield name, value_schema(meaning) | {"description": meaning.description}
    for name, (description, vocabulary) in OWN.items():
        scalar = Scalar.INTEGER if name == "year" else Scalar.TERM if vocabulary else Scalar.TEXT
        schema = value_schema(Meaning(scalar, description, vocabulary=vocabulary))
        yield name, nullable(schema | {"description": description})


def _decimal(description: str) -> Json:
    return nullable({"type": "string", "description": description})
