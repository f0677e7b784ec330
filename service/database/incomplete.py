"""Refuses a database that differs from what the migrations of this version create."""

from sqlalchemy import Connection

from schema.migrations import head
from service.errors import StartError


def refuse_incomplete(connection: Connection, label: str) -> None:
    """Raises StartError, with what to do, if history or a constraint is switched off."""
    # Imported here, since a command that opens no database does not need it.
    from schema.migrations.integrity import constraint_faults, trigger_faults

    triggers = list(trigger_faults(connection))
    if triggers:
        raise StartError(
            f"The database {label} does not keep its history: {_first(triggers)}. Run `allygraph "
            "migrate` to repair it; what was written meanwhile is not in the history."
        )
    missing = list(constraint_faults(connection))
    if missing:
        raise StartError(
            f"The database {label} is not as the migrations made it: {_first(missing)}. Restore a "
            "backup, or add what is missing as in schema/migrations."
        )


def refuse_other_migration(found: str | None, label: str) -> None:
    """Raises StartError unless the database is at the migration that the code was written for."""
    if found is not None and found > head():
        raise StartError(
            f"The database {label} is at migration {found}, which this version of AllyGraph does "
            f"not know (it knows up to {head()}): use the version that migrated it, or a newer one."
        )
    if found != head():
        raise StartError(
            f"The database {label} is at migration {found or 'none'}, not {head()}: run "
            "`allygraph migrate`."
        )


def _first(faults: list[str]) -> str:
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{faults[0]}{more}"
