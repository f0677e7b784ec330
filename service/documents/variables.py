"""Checks and coerces the variables of an operation.

Most requests have only strings, ids, terms and integers. These need a type check but no coercion,
and requests with nothing else always have the same shape. All other values, and invalid ones, go
through graphql-core, which coerces them or returns its errors.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    get_variable_values,
    type_from_ast,
)

from service.documents.limits import check_objects, check_variables
from service.errors import BadInput, in_graphql_form
from service.planning.arguments import SHAPING, shape_of
from service.settings import Settings

_ERRORS_MOST = 10
_SHAPING = frozenset(each.__name__ for each in SHAPING)
_INT_LEAST, _INT_MOST = -(2**31), 2**31 - 1

Check = Callable[[Any], bool]


class DeclaredVariables:
    """Checks and coerces the variables that an operation declares."""

    def __init__(
        self, settings: Settings, schema: GraphQLSchema, operation: OperationDefinitionNode
    ) -> None:
        """`operation` must be valid."""
        self._settings = settings
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._reads_only = operation.operation is not OperationType.MUTATION
        self._plain = self._plain_checks()
        self._plain_shape = shape_of(dict.fromkeys(self._plain or (), ""))

    def are_plain(self, raw: Mapping[str, Any]) -> bool:
        """Whether the values need no coercion: each is present and has its plain type."""
        plain = self._plain
        if plain is None or len(raw) != len(plain):
            return False
        for name, check in plain.items():  # noqa: SIM110 (a generator takes twice as long)
            if not check(raw.get(name)):
                return False
        return True

    def read(self, raw: Mapping[str, Any]) -> tuple[Mapping[str, Any], Hashable]:
        """The values and their shape. Raises BadInput or TooComplex."""
        if self.are_plain(raw):
            return raw, self._plain_shape
        check_variables(self._settings, raw)
        if self._reads_only:
            check_objects(self._settings, raw)
        values = get_variable_values(
            self._schema, self._definitions, dict(raw), max_errors=_ERRORS_MOST
        )
        if isinstance(values, list):
            raise BadInput(values[0].message, details=in_graphql_form(values))
        return values.coerced, shape_of(values.coerced)

    def _plain_checks(self) -> Mapping[str, Check] | None:
        """A check for each variable; None if some variable needs coercion."""
        checks = {d.variable.name.value: self._plain_check(d) for d in self._definitions}
        known = {name: check for name, check in checks.items() if check}
        return known if len(known) == len(checks) else None

    def _plain_check(self, definition: VariableDefinitionNode) -> Check | None:
        declared = type_from_ast(self._schema, definition.type)
        named = declared.of_type if isinstance(declared, GraphQLNonNull) else declared
        # These change the SQL text, so they are part of the shape.
        if isinstance(named, GraphQLEnumType) and named.name not in _SHAPING:
            codes = frozenset(named.values)
            return lambda value: type(value) is str and value in codes
        return _CHECKS.get(getattr(named, "name", ""))


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_int(value: Any) -> bool:
    return type(value) is int and _INT_LEAST <= value <= _INT_MOST


_CHECKS: Mapping[str, Check] = {"String": _is_text, "ID": _is_text, "Int": _is_int}
