"""The statement that reads the texts of records, and their entries that have not ended."""

from schema.records.history import STILL
from schema.search import SEARCH_TYPES

_TYPES = tuple(SEARCH_TYPES.values())

# The columns of an entry, in the order in which both databases take them.
ENTRY_COLUMNS = (
    *("size", "type", "field", "record_id", "text", "folded", "words"),
    *("from_revision", "until_revision"),
)


def current_texts(types: tuple[int, ...], is_among: str) -> tuple[str, list[int]]:
    """The statement for records of these types, and for each of its parameters the type.

    `is_among`: how the database compares a column with a list that is one parameter. Such a
    comparison follows an index, whatever the statistics of the table say.
    """
    parts, parameters = [], []
    for place in types:
        for field, text in enumerate(_TYPES[place].texts):
            parts.append(
                f"SELECT {place}, {field}, {text.near}, {text.column}, 0 FROM {text.table} "
                f"WHERE {text.near} {is_among} AND {text.column} IS NOT NULL"
            )
        parts.append(
            "SELECT type, field, record_id, text, id FROM search_entry "
            f"WHERE type = {place} AND record_id {is_among} AND until_revision = {STILL}"
        )
        parameters += [place] * (len(_TYPES[place].texts) + 1)
    return " UNION ALL ".join(parts), parameters
