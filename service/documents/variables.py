"""The values of an operation's variables: checked and coerced.

Most questions give only texts, ids, terms and whole numbers. These need no coercion, only a look at
each, and a question that gives nothing else always has the same shape. All others go through
graphql-core, and so does whatever is wrong, for its errors.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_variable_values,
    type_from_ast,
)

from service.documents.limits import check_variables
from service.errors import BadInput, in_graphql_form
from service.planning.arguments import shape_of
from service.settings import Settings

_ERRORS_MOST = 10
_INT_LEAST, _INT_MOST = -(2**31), 2**31 - 1

Check = Callable[[Any], bool]


class DeclaredVariables:
    """The variables that one operation declares."""

    def __init__(
        self, settings: Settings, schema: GraphQLSchema, operation: OperationDefinitionNode
    ) -> None:
        """`operation` is valid."""
        self._settings = settings
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._plain = self._plain_checks()
        self._plain_shape = shape_of(dict.fromkeys(self._plain or (), ""))

    def are_plain(self, given: Mapping[str, Any]) -> bool:
        """Whether the values can be taken as they come: each is there, and of its plain type."""
        plain = self._plain
        if plain is None or len(given) != len(plain):
            return False
        for name, check in plain.items():  # noqa: SIM110 (a generator would cost twice as much)
            if not check(given.get(name)):
                return False
        return True

    def read(self, given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Hashable]:
        """The values and their shape. Raises BadInput or TooComplex."""
        if self.are_plain(given):
            return given, self._plain_shape
        check_variables(self._settings, given)
        values = get_variable_values(
            self._schema, self._definitions, dict(given), max_errors=_ERRORS_MOST
        )
        if isinstance(values, list):
            raise BadInput(values[0].message, details=in_graphql_form(values))
        return values.coerced, shape_of(values.coerced)

    def _plain_checks(self) -> Mapping[str, Check] | None:
        """A check for each variable; None where some can't be taken as it comes."""
        checks = {d.variable.name.value: self._plain_check(d) for d in self._definitions}
        known = {name: check for name, check in checks.items() if check}
        return known if len(known) == len(checks) else None

    def _plain_check(self, definition: VariableDefinitionNode) -> Check | None:
        declared = type_from_ast(self._schema, definition.type)
        named = declared.of_type if isinstance(declared, GraphQLNonNull) else declared
        # A direction decides the form of the SQL: it must not pass for a value.
        if isinstance(named, GraphQLEnumType) and named.name != "OrderDirection":
            codes = frozenset(named.values)
            return lambda value: type(value) is str and value in codes
        return _CHECKS.get(getattr(named, "name", ""))


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_int(value: Any) -> bool:
    return type(value) is int and _INT_LEAST <= value <= _INT_MOST


_CHECKS: Mapping[str, Check] = {"String": _is_text, "ID": _is_text, "Int": _is_int}
