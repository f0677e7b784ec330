"""The revision that a request reads, if it is not the newest."""

from collections.abc import Iterable, Mapping

from service import plan
from service.database.executor import Executor
from service.planning.arguments import fill
from service.planning.as_of import check_revision


async def as_of_values(
    executor: Executor, moment: plan.Moment, values: plan.Variables
) -> Mapping[str, int]:
    """The revision's number, by the name that statements read it by.

    A time before the first revision means revision 0, the empty data set. Raises UnknownRevision
    or BadInput.
    """
    read = moment.value.read(fill(moment.value.source, values))
    if moment.by_time:
        return {plan.AS_OF: await executor.revision_at(read)}
    return {plan.AS_OF: await _checked(executor, read)}


async def check_since(
    executor: Executor, since: Iterable[plan.Parameter], values: plan.Variables
) -> None:
    """Raises UnknownRevision if the client has seen a revision that does not exist yet.

    It has followed other data, and changes can't bring that to the state of this database.
    """
    for parameter in since:
        read = parameter.read(fill(parameter.source, values))
        await _checked(executor, read)


async def _checked(executor: Executor, number: int) -> int:
    """Asks the database if need be: another process may have written the revision just now."""
    newest = executor.newest_revision()
    return check_revision(number, newest if number <= newest else await executor.ask_newest())
