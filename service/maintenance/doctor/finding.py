"""What a check came to."""

from collections.abc import Callable
from dataclasses import dataclass

from service.errors import AllyGraphError

# Says what is well; raises AllyGraphError with what to do where something is not.
Check = Callable[[], str]


@dataclass(frozen=True)
class Finding:
    """What a check came to."""

    what: str
    says: str
    is_good: bool = True


def checked(what: str, check: Check) -> Finding:
    """Makes a check."""
    try:
        return Finding(what, check())
    except AllyGraphError as error:
        return Finding(what, str(error), is_good=False)
