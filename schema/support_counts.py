"""Keeps the numbers of supports that are alike: they follow from the supports, and their history.

A writer calls `count_changes` once all of a revision is written, in the same transaction.
"""

from sqlalchemy import Connection, text

from schema.records.history import FROM_REVISION, STILL, UNTIL_REVISION
from schema.records.support_count import COUNTED_BY

_COLUMNS = ", ".join(COUNTED_BY)
_OF_CHANGED = ", ".join(f"changed.{name}" for name in COUNTED_BY)
# No record has the key 0, and no term has a slash.
_ALIKE = " || '/' || ".join(
    f"CAST(coalesce({name}, 0) AS TEXT)" if name.endswith("_id") else name for name in COUNTED_BY
)

# What was written has a version that begins with the revision. What a version replaces, or what was
# deleted, has one that ends with it; both lead to it by its key.
_CHANGES = f"""
INSERT INTO support_count (alike, {_COLUMNS}, supports)
SELECT {_ALIKE}, {_COLUMNS}, sum(change) FROM (
  SELECT {_COLUMNS}, 1 AS change FROM support_history
  WHERE {FROM_REVISION} = :revision AND {UNTIL_REVISION} = {STILL}
  UNION ALL
  SELECT {_OF_CHANGED}, -1 FROM (
    SELECT id FROM support_history WHERE {FROM_REVISION} = :revision
    UNION
    SELECT id FROM tombstone WHERE kind = 'support' AND revision = :revision
  ) AS written
  JOIN support_history AS changed ON changed.id = written.id
  WHERE changed.{UNTIL_REVISION} = :revision
) AS changes
GROUP BY {_COLUMNS} HAVING sum(change) <> 0
ON CONFLICT (alike) DO UPDATE SET supports = support_count.supports + excluded.supports
"""

_ALL = f"""
INSERT INTO support_count (alike, {_COLUMNS}, supports)
SELECT {_ALIKE}, {_COLUMNS}, count(*) FROM support GROUP BY {_COLUMNS}
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


# As the drivers take it: each write executes it, and SQLAlchemy's way takes as long as it does.
_CHANGES_OF = {
    dialect: _CHANGES.replace(":revision", placeholder)
    for dialect, placeholder in (("sqlite", "?"), ("postgresql", "%s"))
}
_PLACES = _CHANGES.count(":revision")


def count_changes(connection: Connection, revision: int) -> None:
    """Brings the numbers to what a revision has made of the supports."""
    connection.exec_driver_sql(_CHANGES_OF[connection.dialect.name], (revision,) * _PLACES)


def count_all(connection: Connection) -> None:
    """Counts all supports; there are no numbers before."""
    connection.execute(text(_ALL))


def count_differences(connection: Connection) -> int:
    """How many of the numbers are not those of the supports: 0 unless somebody changed them."""
    number: int = connection.execute(text(_DIFFERENCES)).scalar_one()
    return number
