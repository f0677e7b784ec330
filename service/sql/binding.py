"""The values of a statement: bound by name while compiling, by number when it runs.

A value that a request gives once is bound once, however often the statement uses it.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
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
    """SQL text with its values: constants, and values that are read from each request.

    `lists`: the source of each list, and how often the statement compares with it.
    """

    sql: str
    values: tuple[Any, ...]
    readers: tuple[tuple[int, ReadArgument], ...]
    lists: tuple[tuple[Any, int], ...] = ()

    def arguments(self, variables: Variables) -> list[Any]:
        """The values for one request. Raises BadInput or BadCursor if a value is invalid."""
        arguments = list(self.values)
        for index, read in self.readers:
            arguments[index] = read(variables)
        return arguments


# A statement with its values.
Bound = tuple[str, Sequence[Any]]


# A database takes more than some milliseconds only to parse a longer statement.
_SHORT_CHARACTERS = 20_000
# So many quick runs in a row make slow statements fast again, after they were slow once.
_QUICK_RUNS = 16


class Prepared:
    """The statements of one plan.

    `is_slow`: whether they are expected to take long. `lists`: as in a statement, of all of them.
    """

    __slots__ = ("_quick_runs", "_quick_runs_needed", "is_slow", "lists", "statements")

    def __init__(self, statements: Sequence[Statement]) -> None:
        """Fast until it proves slow."""
        self.statements = tuple(statements)
        self.lists = tuple(each for statement in statements for each in statement.lists)
        self.is_slow = self.characters > _SHORT_CHARACTERS
        self._quick_runs, self._quick_runs_needed = 0, _QUICK_RUNS

    def took_long(self) -> None:
        """They are slow from now on; each time it takes twice as many quick runs to change that.

        A busy machine, or a file that is not in memory yet, makes any statement slow once. One that
        is slow for some values only is tried less and less often.
        """
        self.is_slow = True
        self._quick_runs, self._quick_runs_needed = 0, self._quick_runs_needed * 2

    def have_run(self, *, quickly: bool) -> None:
        """Slow statements have run; after enough quick runs in a row they are fast."""
        self._quick_runs = self._quick_runs + 1 if quickly else 0
        if self._quick_runs >= self._quick_runs_needed and self.characters <= _SHORT_CHARACTERS:
            self.is_slow = False

    @property
    def characters(self) -> int:
        """The length of the SQL."""
        return sum(len(statement.sql) for statement in self.statements)

    def list_values(self, variables: Variables) -> int:
        """How many values of lists the statements compare with, each as often as it is used."""
        count = 0
        for source, uses in self.lists:
            # The list of a term, with those below it, is the vocabulary's.
            value = fill(source, variables)
            count += uses * (len(value) if isinstance(value, list) else 1)
        return count

    def with_values(self, variables: Variables) -> "Prepared":
        """The statements with their values bound, for one request. Raises as `bound`."""
        bound = self.bound(variables)
        return Prepared([Statement(sql, tuple(values), ()) for sql, values in bound])

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
    _bound: dict[Hashable, Expression] = field(default_factory=dict)
    _uses: Counter[str] = field(default_factory=Counter)

    def parameter(
        self, parameter: Parameter, sql_type: Any = None, encode: Encode | None = None
    ) -> Expression:
        """A value that is read from each request."""
        if not isinstance(parameter.source, Slot):
            return self._new(parameter, sql_type, encode)
        key = (parameter, repr(sql_type), encode)
        if key not in self._bound:
            self._bound[key] = self._new(parameter, sql_type, encode)
        return self._bound[key]

    def list_of(self, parameter: Parameter, form: ListForm) -> Expression:
        """A list that is read from each request."""
        value = self.parameter(parameter, form.sql_type, form.encode)
        self._uses[str(value.key)] += 1
        return value

    def statement(self, query: Select[Any]) -> Statement:
        """The finished statement."""
        compiled = query.compile(dialect=self.dialect.engine)
        names = self.dialect.names_of(compiled)
        constants = compiled.params
        readers = [
            (index, _reader(*self._parameters[name]))
            for index, name in enumerate(names)
            if name in self._parameters
        ]
        lists = ((self._parameters[name][0].source, uses) for name, uses in self._uses.items())
        return Statement(
            str(compiled), tuple(constants[name] for name in names), tuple(readers), tuple(lists)
        )

    def _new(self, parameter: Parameter, sql_type: Any, encode: Encode | None) -> Expression:
        name = f"request_{len(self._parameters)}"
        self._parameters[name] = (parameter, encode)
        return bindparam(name, type_=sql_type, required=False, value=None)
