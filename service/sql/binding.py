"""The values of a statement: bound by name while it is compiled, by place when it runs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Text, bindparam, literal_column

from schema.assessment import Computed
from schema.concepts import CONCEPTS, Concept, Group, Member, Owned
from service.plan import Parameter, Variables
from service.planning.arguments import fill
from service.sql.dialect import Dialect, Expression

Encode = Callable[[Any], Any]


def _names(members: Iterable[Member]) -> Iterator[str]:
    for member in members:
        yield member.name
        match member:
            case Group(attributes=inner) | Owned(attributes=inner) | Computed(fields=inner):
                yield from inner


# Names of ours, which may stand in the text of a statement. Every other key is an alias that came
# with a request and is bound.
_OWN_NAMES = frozenset(
    {"edges", "node", "nodes", "cursor", "pageInfo", "totalCount", "data", "page", "__typename"}
    | {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}
    | {name for concept in CONCEPTS.values() for name in _names(concept.members.values())}
)


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

    def constant(self, json: str) -> Expression:
        """JSON that is known before anything is read."""
        return self.dialect.json_text(self.fixed(json))

    def fixed(self, text: str) -> Expression:
        """A text that is the same in every request, but does not stand in the statement."""
        return bindparam(None, text, type_=Text())

    def key(self, key: str) -> Expression:
        """A key of the answer."""
        return own_text(key) if key in _OWN_NAMES else self.fixed(key)

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


def own_text(text: str) -> Expression:
    """A text of ours, in the statement itself. Never for anything that came with a request."""
    return literal_column(f"'{text}'", Text())


def id_of(concept: Concept, column: Expression) -> Expression:
    """A record's opaque id."""
    return own_text(concept.id_prefix).concat(column)
