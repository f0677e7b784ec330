"""A place within what was given, and all that was found wrong there and elsewhere so far."""

from dataclasses import dataclass

from schema.rules import Code, Problem
from service.errors import InvalidRecord

# Who made more mistakes than this has made one of them often.
_PROBLEMS_MOST = 100


# Not frozen: making one would take twice as long, and a record has a dozen.
@dataclass(slots=True)
class InputPath:
    """Where a value stands. `depth`: within how many new records that others refer to."""

    findings: list[Problem]
    path: tuple[str, ...] = ()
    depth: int = 0

    def below(self, *steps: str) -> "InputPath":
        """A place within this one."""
        return InputPath(self.findings, self.path + steps, self.depth)

    def within_new(self) -> "InputPath":
        """The same place, one new record deeper."""
        return InputPath(self.findings, self.path, self.depth + 1)

    def tell(self, code: Code, message: str) -> None:
        """What is wrong here. Raises InvalidRecord once it is too much."""
        self.tell_at((), code, message)

    def tell_at(self, steps: tuple[str, ...], code: Code, message: str) -> None:
        """What is wrong at a place below."""
        self.findings.append(Problem(self.path + steps, code, message))
        if len(self.findings) >= _PROBLEMS_MOST:
            self.refuse()

    def refuse(self) -> None:
        """Raises InvalidRecord if anything was wrong anywhere."""
        if self.findings:
            raise InvalidRecord(self.findings)
