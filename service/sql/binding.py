"""The values of a statement: bound by name while it is compiled, by place when it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Text, bindparam

from service.plan import Parameter, Variables
from service.planning.arguments import fill
from service.sql.dialect import Dialect, Expression

Encode = Callable[[Any], Any]


@dataclass(frozen=True)
class Statement:
    """SQL text with its values: the fixed ones in place, the others read from each request."""

    sql: str
    values: tuple[Any, ...]
    readers: tuple[tuple[int, Parameter, Encode | None], ...]

    def arguments(self, variables: Variables) -> list[Any]:
        """The values for one request. Raises BadInput or BadCursor where one can't be read."""
        arguments = list(self.values)
        for place, parameter, encode in self.readers:
            value = parameter.read(fill(parameter.source, variables))
            arguments[place] = encode(value) if encode else value
        return arguments


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

    def list_of(self, parameter: Parameter) -> Expression:
        """A list that is read from each request."""
        return self.parameter(parameter, Text(), self.dialect.encode_list)

    def statement(self, query: Select[Any]) -> Statement:
        """The finished statement."""
        compiled = query.compile(dialect=self.dialect.engine)
        names: Sequence[str] = compiled.positiontup or ()
        fixed = compiled.params
        readers = [
            (place, *self._parameters[name])
            for place, name in enumerate(names)
            if name in self._parameters
        ]
        return Statement(str(compiled), tuple(fixed[name] for name in names), tuple(readers))
