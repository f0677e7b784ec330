"""Finds the revision that a request reads if it names an earlier one."""

from collections.abc import Iterable

from service import plan
from service.database.executor import Executor
from service.errors import AsOfConflict, BadInput
from service.planning.arguments import fill
from service.planning.as_of import check_revision, moment, moment_arguments


async def earlier_revision(
    executor: Executor, named: plan.Moment | None, header: str | None, values: plan.Variables
) -> int | None:
    """Returns the revision named by the plan, by the header AllyGraph-As-Of, or by both; or None.

    Raises AsOfConflict if they name different revisions, UnknownRevision or BadInput.
    """
    in_header = None if header is None else moment(moment_arguments(header))
    moments = [each for each in (named, in_header) if each]
    revisions = [await _revision_of(executor, each, values) for each in moments]
    if len(set(revisions)) > 1:
        raise AsOfConflict(
            f"The request names revision {revisions[0]}, and its header AllyGraph-As-Of revision "
            f"{revisions[1]}; send only one, or make them match."
        )
    return revisions[0] if revisions else None


async def _revision_of(executor: Executor, moment: plan.Moment, values: plan.Variables) -> int:
    """Returns the revision of a moment. Before the first revision this is 0, the empty data set."""
    read = moment.value.read(fill(moment.value.source, values))
    return await (executor.revision_at(read) if moment.by_time else _checked(executor, read))


def refused_as_of() -> BadInput:
    """The error for a write or a subscription that has the header AllyGraph-As-Of."""
    return BadInput(
        "The header AllyGraph-As-Of applies to queries only: send this request without it."
    )


async def check_since(
    executor: Executor, since: Iterable[plan.Parameter], values: plan.Variables
) -> None:
    """Raises UnknownRevision if the client claims to have seen a revision that does not exist yet.

    Such a client has followed another database, and no changes of this one can bring its copy up to
    date.
    """
    for parameter in since:
        read = parameter.read(fill(parameter.source, values))
        await _checked(executor, read)


async def _checked(executor: Executor, number: int) -> int:
    """Checks that a revision exists; asks the database if another process may have written it."""
    newest = executor.newest_revision()
    return check_revision(number, newest if number <= newest else await executor.ask_newest())
