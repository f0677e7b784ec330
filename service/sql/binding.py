"""The values of a statement: bound by name while it is compiled, by place when it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam

from service.plan import Parameter, Slot, Variables
from service.planning.arguments import fill
from service.sql.dialect import Dialect, Expression, ListForm

Encode = Callable[[Any], Any]
Reader = Callable[[Variables], Any]


@dataclass(frozen=True)
class Statement:
    """SQL text with its values: the fixed ones in place, the others read from each request."""

    sql: str
    values: tuple[Any, ...]
    readers: tuple[tuple[int, Reader], ...]

    def arguments(self, variables: Variables) -> list[Any]:
        """The values for one request. Raises BadInput or BadCursor where one can't be read."""
        arguments = list(self.values)
        for place, read in self.readers:
            arguments[place] = read(variables)
        return arguments


# A statement with its values.
Bound = tuple[str, Sequence[Any]]


class Prepared:
    """The statements of one plan. `is_slow`: whether they took long the last time."""

    __slots__ = ("is_slow", "statements")

    def __init__(self, statements: Sequence[Statement]) -> None:
        """Fast until it proves slow."""
        self.statements = tuple(statements)
        self.is_slow = False

    def bound(self, variables: Variables) -> list[Bound]:
        """The statements with their values. Raises BadInput or BadCursor."""
        bound: list[Bound] = []
        for statement in self.statements:
            bound.append((statement.sql, statement.arguments(variables)))
        return bound


def _reader(parameter: Parameter, encode: Encode | None) -> Reader:
    """What finds a parameter's value in a request, reads it and encodes it."""
    source, read = parameter.source, parameter.read
    if isinstance(source, Slot) and len(source.path) == 1 and encode is None:
        # By far the most common, and on the shortest path there is.
        (name,) = source.path
        return lambda variables: read(variables[name])  # type: ignore[index]
    if encode is None:
        return lambda variables: read(fill(source, variables))
    return lambda variables: encode(read(fill(source, variables)))


@dataclass
class Binding:
    """Gathers the values of one statement while it is compiled."""

    dialect: Dialect
    _parameters: dict[str, tuple[Parameter, Encode | None]] = field(default_factory=dict)

    def parameter(
        self, parameter: Parameter, sql_type: Any = None, encode: Encode | None = None
    ) -> Expression:
        """A value that is read from each request."""
        name = f"request_{len(self._parameters)}"
        self._parameters[name] = (parameter, encode)
        return bindparam(name, type_=sql_type, required=False, value=None)

    def list_of(self, parameter: Parameter, form: ListForm) -> Expression:
        """A list that is read from each request."""
        return self.parameter(parameter, form.sql_type, form.encode)

    def statement(self, query: Select[Any]) -> Statement:
        """The finished statement."""
        compiled = query.compile(dialect=self.dialect.engine)
        names: Sequence[str] = compiled.positiontup or ()
        fixed = compiled.params
        readers = [
            (place, _reader(*self._parameters[name]))
            for place, name in enumerate(names)
            if name in self._parameters
        ]
        return Statement(str(compiled), tuple(fixed[name] for name in names), tuple(readers))
