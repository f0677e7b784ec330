"""The values of a statement: bound by name while compiling, by position when it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam

from service.plan import Parameter, Slot, Variables
from service.planning.arguments import fill
from service.sql.dialect import Dialect, Expression, ListForm

Encode = Callable[[Any], Any]
ReadArgument = Callable[[Variables], Any]


@dataclass(frozen=True)
class Statement:
    """SQL text with its values: constants, and values that are read from each request."""

    sql: str
    values: tuple[Any, ...]
    readers: tuple[tuple[int, ReadArgument], ...]

    def arguments(self, variables: Variables) -> list[Any]:
        """The values for one request. Raises BadInput or BadCursor if a value is invalid."""
        arguments = list(self.values)
        for index, read in self.readers:
            arguments[index] = read(variables)
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


def _reader(parameter: Parameter, encode: Encode | None) -> ReadArgument:
    """A function that finds, reads and encodes the value of a parameter in a request."""
    source, read = parameter.source, parameter.read
    if isinstance(source, Slot) and len(source.path) == 1 and encode is None:
        # The most common case, and on the hot path.
        (name,) = source.path
        return lambda variables: read(variables[name])  # type: ignore[index]
    if encode is None:
        return lambda variables: read(fill(source, variables))
    return lambda variables: encode(read(fill(source, variables)))


@dataclass
class Binding:
    """Collects the values of one statement while compiling."""

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
        constants = compiled.params
        readers = [
            (index, _reader(*self._parameters[name]))
            for index, name in enumerate(names)
            if name in self._parameters
        ]
        return Statement(str(compiled), tuple(constants[name] for name in names), tuple(readers))
