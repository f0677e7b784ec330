"""Types of search: a hit, where it matches, and the root field."""

from typing import Annotated, Any

import strawberry

from schema.concepts import CONCEPTS
from schema.graphql.classes import Field, declare, enum_type, fill, list_of, output
from schema.graphql.paging import After
from schema.search import HITS_MOST, SEARCH_TYPES, TEXT_MOST

TYPE_DESCRIPTION = "Type of a record that search finds."
SearchType = enum_type(
    "SearchType",
    {code: CONCEPTS[each.concept].summary for code, each in SEARCH_TYPES.items()},
    TYPE_DESCRIPTION,
)

FIELD_DESCRIPTION = (
    "Records that have all words of a text, or words that begin with them, best match first: actors"
    " by name, alias and code, conflicts by name and code, data sets by title and slug, supports by"
    " summary, statements by text, sources by title. Case, accents and the forms of letters do not"
    " matter, in any script. Of names, words with one wrong letter are found too. The text has no"
    f" syntax. Of each type, a search considers the {HITS_MOST} shortest texts that match."
)
HIT_DESCRIPTION = "A record that a search has found."
HIT_FIELDS = {
    "type": "Type of the record.",
    "record": "The record.",
    "text": "What matches best: a name, an alias, a code, a summary, a title; of a long text the"
    " passage around the first match.",
    "matches": "Where the words of the search stand in `text`, in order.",
}
MATCH_DESCRIPTION = "A part of a text, in characters (Unicode code points)."
MATCH_FIELDS = {
    "start": "Number of characters before it.",
    "end": "Number of characters up to its end.",
}
TEXT_DESCRIPTION = f"What to find: at most {TEXT_MOST} characters."
TYPES_DESCRIPTION = "Returns only records of these types. Default: of all."


def hit_type(node: Any) -> Any:
    """The type `SearchHit`. `node`: the interface of all records."""
    ends = [output(name, int, description) for name, description in MATCH_FIELDS.items()]
    match = strawberry.type(fill(declare("SearchMatch"), ends), description=MATCH_DESCRIPTION)
    types = {"type": SearchType, "record": node, "text": str, "matches": list_of(match)}
    fields = [output(name, types[name], description) for name, description in HIT_FIELDS.items()]
    return strawberry.type(fill(declare("SearchHit"), fields), description=HIT_DESCRIPTION)


def search_field(connection: Any, first_default: int, first_most: int) -> Field:
    """The root field `search`."""

    def search(
        text: Annotated[str, strawberry.argument(description=TEXT_DESCRIPTION)],
        types: Annotated[
            list_of(SearchType) | None,  # type: ignore[valid-type]
            strawberry.argument(description=TYPES_DESCRIPTION),
        ] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of hits to return. Default: {first_default}. "
                f"Maximum: {first_most}."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    resolver = strawberry.field(search, name="search", description=FIELD_DESCRIPTION)
    return Field("search", connection, resolver)
