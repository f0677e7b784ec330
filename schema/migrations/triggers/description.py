"""What becomes history when a row is written, whatever the database.

For each table with a history there are three triggers. A version begins with the revision that the
writer has made before it wrote; whatever else that revision does to the same row is part of one
version. A change of a part (an alias, a mention) is a new version of its record as well: so the
history of a record alone says when anything about it changed.
"""

from collections.abc import Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEW, OLD, Wording


def statements(
    write: Wording, table: KeptTable, owner: KeptTable | None, near: str
) -> Iterator[str]:
    """What makes the triggers of a table.

    `owner`: the record that a row is part of, if it is, which `near` points at.
    """
    raised = [write.raise_again(table)] if table.is_record else []
    buried = [write.bury(table, OLD)] if table.is_record else []
    end, begin = write.end(table, OLD), write.begin(table, NEW)

    def of_owner(rows: str) -> Sequence[str]:
        return write.renew(owner, near, rows) if owner else ()

    made = [*raised, write.begin(table, INSERTED), *of_owner(INSERTED)]
    yield from write.trigger(table, "INSERT", "", made)
    yield from write.trigger(table, "UPDATE", write.changed(table), [end, begin, *of_owner(NEW)])
    removed = [write.forget(table, OLD), *buried, end]
    yield from write.trigger(table, "DELETE", "", [*removed, *of_owner(OLD)])
