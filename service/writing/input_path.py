"""A place in the input of a write, with the list of all problems found so far."""

from dataclasses import dataclass

from schema.rules import Code, Problem
from service.errors import InvalidRecord

# More problems than this are usually one mistake, repeated.
_PROBLEMS_MOST = 100


# Not frozen: that would double the time to make a path, and a record has a dozen paths.
@dataclass(slots=True)
class InputPath:
    """The path of a value. `depth`: the number of nested `new` records around it."""

    findings: list[Problem]
    path: tuple[str, ...] = ()
    depth: int = 0

    def below(self, *steps: str) -> "InputPath":
        """A place within this one."""
        return InputPath(self.findings, self.path + steps, self.depth)

    def within_new(self) -> "InputPath":
        """The same place, one new record deeper."""
        return InputPath(self.findings, self.path, self.depth + 1)

    def report(self, code: Code, message: str) -> None:
        """Adds a problem here. Raises InvalidRecord once there are too many problems."""
        self.report_at((), code, message)

    def report_at(self, steps: tuple[str, ...], code: Code, message: str) -> None:
        """Adds a problem at a place below. Raises InvalidRecord once there are too many."""
        self.findings.append(Problem(self.path + steps, code, message))
        if len(self.findings) >= _PROBLEMS_MOST:
            self.refuse()

    def refuse(self) -> None:
        """Raises InvalidRecord if there are any problems, here or elsewhere."""
        if self.findings:
            raise InvalidRecord(self.findings)
