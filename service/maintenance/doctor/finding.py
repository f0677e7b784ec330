"""The result of one check."""

from collections.abc import Callable
from dataclasses import dataclass

from service.errors import AllyGraphError

# Returns a description; raises AllyGraphError with what to do if the check fails.
Check = Callable[[], str]


@dataclass(frozen=True)
class Finding:
    """The result of one check: `what` was checked, and the result in words (`says`).

    `is_warning`: nothing is broken, but the operator should look at the result.
    """

    what: str
    says: str
    is_good: bool = True
    is_warning: bool = False


def checked(what: str, check: Check) -> Finding:
    """Runs a check. An AllyGraphError becomes a finding that is not good."""
    try:
        return Finding(what, check())
    except AllyGraphError as error:
        return Finding(what, str(error), is_good=False)
