"""The values of a statement: bound by name while compiling, by number when it runs.

A value of a request is bound once, however often the statement uses it.
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
    """SQL text with its values: constants, and functions that read values from a request.

    `lists`: the source of each list, and how often the statement compares with that list.
    """

    sql: str
    values: tuple[Any, ...]
    readers: tuple[tuple[int, ReadArgument], ...]
    lists: tuple[tuple[Any, int], ...] = ()

    def arguments(self, variables: Variables) -> list[Any]:
        """Returns the values for one request.

        Raises BadInput or BadCursor if a value is invalid.
        """
        arguments = list(self.values)
        for index, read in self.readers:
            arguments[index] = read(variables)
        return arguments


# The SQL text of a statement, and its values.
Bound = tuple[str, Sequence[Any]]


# Parsing a longer statement alone takes a database more than a few milliseconds.
_SHORT_CHARACTERS = 20_000
# The number of consecutive quick runs after which slow statements count as fast again.
_QUICK_RUNS = 16


class Prepared:
    """The statements of one plan.

    `is_slow`: whether they are expected to take long. `lists`: the lists of all statements.
    """

    __slots__ = ("_quick_runs", "_quick_runs_needed", "is_slow", "lists", "statements")

    def __init__(self, statements: Sequence[Statement], *, read_all: bool = False) -> None:
        """Assumes that statements are fast, unless their text is long or they read all supports."""
        self.statements = tuple(statements)
        self.lists = tuple(each for statement in statements for each in statement.lists)
        self.is_slow = read_all or self.characters > _SHORT_CHARACTERS
        self._quick_runs, self._quick_runs_needed = 0, _QUICK_RUNS

    def took_long(self) -> None:
        """Marks the statements as slow, and doubles the number of quick runs that undo this.

        A busy machine, or a file that is not in memory yet, makes any statement slow once.
        Statements that are slow for some values only are treated as fast less and less often.
        """
        self.is_slow = True
        self._quick_runs, self._quick_runs_needed = 0, self._quick_runs_needed * 2

    def have_run(self, *, quickly: bool) -> None:
        """Counts a run of slow statements; after enough quick runs in a row they count as fast."""
        self._quick_runs = self._quick_runs + 1 if quickly else 0
        if self._quick_runs >= self._quick_runs_needed and self.characters <= _SHORT_CHARACTERS:
            self.is_slow = False

    @property
    def characters(self) -> int:
        """The length of the SQL, in characters."""
        return sum(len(statement.sql) for statement in self.statements)

    def list_values(self, variables: Variables) -> int:
        """Returns how many values of lists the statements compare with.

        A list counts as often as the statements use it.
        """
        count = 0
        for source, uses in self.lists:
            # A term stands for a list of the vocabulary, which does not grow with the request.
            value = fill(source, variables)
            count += uses * (len(value) if isinstance(value, list) else 1)
        return count

    def with_values(self, variables: Variables) -> "Prepared":
        """Returns the statements with their values bound, for one request. Raises as `bound`."""
        bound = self.bound(variables)
        return Prepared([Statement(sql, tuple(values), ()) for sql, values in bound])

    def bound(self, variables: Variables) -> list[Bound]:
        """Returns the SQL and the values of each statement. Raises BadInput or BadCursor."""
        bound: list[Bound] = []
        for statement in self.statements:
            bound.append((statement.sql, statement.arguments(variables)))
        return bound


def _reader(parameter: Parameter, encode: Encode | None) -> ReadArgument:
    """Returns a function that finds, reads and encodes the value of a parameter in a request."""
    source, read = parameter.source, parameter.read
    if isinstance(source, Slot) and len(source.path) == 1 and encode is None:
        # A shortcut for the most common case, which is on the hot path.
        (name,) = source.path
        return lambda variables: read(variables[name])  # type: ignore[index]
    if encode is None:
        return lambda variables: read(fill(source, variables))
    return lambda variables: encode(read(fill(source, variables)))


@dataclass
class Binding:
    """Collects the values of one statement while it is compiled."""

    dialect: Dialect
    _parameters: dict[str, tuple[Parameter, Encode | None]] = field(default_factory=dict)
    _bound: dict[Hashable, Expression] = field(default_factory=dict)
    _uses: Counter[str] = field(default_factory=Counter)

    def parameter(
        self, parameter: Parameter, sql_type: Any = None, encode: Encode | None = None
    ) -> Expression:
        """Binds a value that is read from each request."""
        if not isinstance(parameter.source, Slot):
            return self._new(parameter, sql_type, encode)
        key = (parameter, repr(sql_type), encode)
        if key not in self._bound:
            self._bound[key] = self._new(parameter, sql_type, encode)
        return self._bound[key]

    def list_of(self, parameter: Parameter, form: ListForm) -> Expression:
        """Binds a list that is read from each request, and counts the use."""
        value = self.parameter(parameter, form.sql_type, form.encode)
        self._uses[str(value.key)] += 1
        return value

    def statement(self, query: Select[Any]) -> Statement:
        """Compiles the query, and returns the finished statement."""
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
