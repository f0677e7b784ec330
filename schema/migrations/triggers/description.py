"""The steps that write history when a row is written, for any database.

Each table with a history has three triggers. A version begins with the revision that the writer
inserted before its other writes; several changes of a row in one revision make one version. A
change of a part (an alias, a mention) also writes a new version of its record, so the history of a
record alone has all revisions that changed it.
"""

from collections.abc import Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEW, OLD, Wording


def statements(
    write: Wording, table: KeptTable, owner: KeptTable | None, near: str
) -> Iterator[str]:
    """Yields the statements that create the triggers of a table.

    `owner`: the record that a row is part of, if any. `near`: the column with the id of the owner.
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
