"""The revision that a question is about, where it is not the newest."""

from collections.abc import Iterable, Mapping

from service import plan
from service.database.executor import Executor
from service.planning.arguments import fill
from service.planning.as_of import check_revision


async def moment_values(
    executor: Executor, moment: plan.Moment, values: plan.Variables
) -> Mapping[str, int]:
    """The number of that revision, where statements look for it. Raises UnknownRevision, BadInput.

    A time before the first revision is the empty data set, which is revision 0.
    """
    read = moment.value.read(fill(moment.value.source, values))
    if moment.by_time:
        return {plan.AS_OF: await executor.revision_at(read)}
    return {plan.AS_OF: await _checked(executor, read)}


async def check_since(
    executor: Executor, since: Iterable[plan.Parameter], values: plan.Variables
) -> None:
    """Raises UnknownRevision where a client says it knows a revision that is still to come.

    It has followed other data: what it holds can't be brought to this by changes.
    """
    for parameter in since:
        read = parameter.read(fill(parameter.source, values))
        await _checked(executor, read)


async def _checked(executor: Executor, number: int) -> int:
    """One that this process has not heard of may have been written a moment ago by another."""
    newest = executor.newest_revision()
    return check_revision(number, newest if number <= newest else await executor.ask_newest())
