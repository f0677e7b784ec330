"""Updates the counts of similar supports, from the supports or their history.

A writer calls `count_changes` or `count_new` after all other writes of a revision, in the same
transaction.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from schema.records.history import FROM_REVISION, STILL, UNTIL_REVISION
from schema.records.internal.support_count import COUNTED_BY
from schema.writing.short_statements import run

# The number of supports that one statement counts.
_PART = 1_000
_COLUMNS = ", ".join(COUNTED_BY)
_OF_CHANGED = ", ".join(f"changed.{name}" for name in COUNTED_BY)
# A null id becomes 0, which is no record's id, and terms have no slash, so the text is unambiguous.
_ALIKE = " || '/' || ".join(
    f"CAST(coalesce({name}, 0) AS TEXT)" if name.endswith("_id") else name for name in COUNTED_BY
)
_GIVEN = ", ".join(
    f"CAST(:{name} AS {'BIGINT' if name.endswith('_id') else 'TEXT'}) AS {name}"
    for name in COUNTED_BY
)

_INTO = f"INSERT INTO support_count (alike, {_COLUMNS}, supports)"
_ADDED = "ON CONFLICT (alike) DO UPDATE SET supports = support_count.supports + excluded.supports"

# A written support has a version that begins with the revision. A replaced or deleted one has a
# version that ends with it. Both are found by the id of the support.
_CHANGES = f"""
{_INTO} SELECT {_ALIKE}, {_COLUMNS}, sum(change) FROM (
  SELECT {_COLUMNS}, 1 AS change FROM support_history
  WHERE {FROM_REVISION} = :revision AND {UNTIL_REVISION} = {STILL} AND mod(id, :parts) = :part
  UNION ALL
  SELECT {_OF_CHANGED}, -1 FROM (
    SELECT id FROM support_history WHERE {FROM_REVISION} = :revision
    UNION
    SELECT id FROM tombstone WHERE kind = 'support' AND revision = :revision
  ) AS written
  JOIN support_history AS changed ON changed.id = written.id
  WHERE changed.{UNTIL_REVISION} = :revision AND mod(written.id, :parts) = :part
) AS changes
GROUP BY {_COLUMNS} HAVING sum(change) <> 0 {_ADDED}
"""

_NEW = f"""
{_INTO} SELECT {_ALIKE}, {_COLUMNS}, supports
FROM (SELECT {_GIVEN}, CAST(:supports AS BIGINT) AS supports) AS new WHERE true {_ADDED}
"""

_ALL = f"""
{_INTO} SELECT {_ALIKE}, {_COLUMNS}, count(*) FROM support GROUP BY {_COLUMNS}
"""

_DIFFERENCES = f"""
SELECT count(*) FROM (
  SELECT sum(number) AS difference FROM (
    SELECT {_COLUMNS}, count(*) AS number FROM support GROUP BY {_COLUMNS}
    UNION ALL
    SELECT {_COLUMNS}, -supports FROM support_count
  ) AS counted
  GROUP BY {_COLUMNS} HAVING sum(number) <> 0
) AS differences
"""


# In the drivers' parameter styles, because each write executes one of these statements.
_PLACEHOLDERS = {"sqlite": r":\1", "postgresql": r"%(\1)s"}
_CHANGES_OF = {name: re.sub(r":(\w+)", form, _CHANGES) for name, form in _PLACEHOLDERS.items()}
_NEW_OF = {name: re.sub(r":(\w+)", form, _NEW) for name, form in _PLACEHOLDERS.items()}


def count_new(connection: Connection, supports: Mapping[tuple[Any, ...], int]) -> None:
    """Counts the supports of a revision that only created supports, without its history.

    `supports`: the numbers of supports, by their values of `COUNTED_BY`.
    """
    statement = _NEW_OF[connection.dialect.name]
    for values, number in supports.items():
        given = dict(zip(COUNTED_BY, values, strict=True))
        run(connection, statement, {**given, "supports": number})


def count_changes(connection: Connection, revision: int, supports: int = 0) -> None:
    """Updates the counts from the history of a revision.

    `supports`: the approximate number of supports written. SQLite keeps the changes of one
    statement in memory, so the changes of many supports are split into several statements.
    """
    statement = _CHANGES_OF[connection.dialect.name]
    parts = 1 + supports // _PART
    for part in range(parts):
        run(connection, statement, {"revision": revision, "parts": parts, "part": part})


def count_all(connection: Connection) -> None:
    """Counts all supports into an empty table."""
    connection.execute(text(_ALL))


def count_differences(connection: Connection) -> int:
    """Returns the number of wrong counts: 0 unless rows were changed by hand."""
    number: int = connection.execute(text(_DIFFERENCES)).scalar_one()
    return number
