"""A database whose triggers, keys or constraints are not what the migrations made."""

from sqlalchemy import Connection

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


def _first(faults: list[str]) -> str:
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{faults[0]}{more}"
