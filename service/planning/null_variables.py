"""Checks for variables that are null or absent at a position that requires a value.

Static validation compares types. It allows a nullable variable at a non-null position that has a
default, and an object of one nullable variable where `@oneOf` requires a value. The rest depends on
the values of the variables: CoerceArgumentValues() of the GraphQL specification (September 2025,
6.4.1), which graphql-core implements. Which variables are null or absent is part of the shape of a
request, so this runs once for each plan.
"""

from collections.abc import Iterable
from typing import cast

from graphql import (
    DirectiveNode,
    FieldNode,
    GraphQLCompositeType,
    GraphQLDirective,
    GraphQLError,
    GraphQLField,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_argument_values,
    specified_directives,
)
from graphql.execution.values import VariableValues

from schema.graphql.schema import graphql_schema
from service.errors import BadInput, in_graphql_form
from service.planning.arguments import Arguments

_DIRECTIVES = {directive.name: directive for directive in specified_directives}


class NullVariables:
    """The variables of one shape of request, some of which may be null or absent."""

    def __init__(self, variables: Arguments) -> None:
        """`variables`: mirrored, which keeps null and absent variables."""
        self._variables = variables
        self._values = VariableValues({}, dict(variables))

    def check_field(self, type_names: Iterable[str], field: FieldNode) -> None:
        """Raises BadInput if a variable of the field is null where an argument requires a value.

        `type_names`: the object's type and its interfaces.
        """
        if self._needs_check(field):
            self._check(_definition_of(type_names, field.name.value), field)

    def check_directive(self, directive: DirectiveNode) -> None:
        """Raises BadInput if a variable of `@include` or `@skip` is null."""
        if self._needs_check(directive):
            self._check(_DIRECTIVES[directive.name.value], directive)

    def _needs_check(self, node: FieldNode | DirectiveNode) -> bool:
        return any(self._has_null(argument.value) for argument in node.arguments or ())

    def _has_null(self, value: ValueNode) -> bool:
        match value:
            case VariableNode(name=name):
                return self._variables.get(name.value) is None
            case ListValueNode(values=values):
                return any(map(self._has_null, values))
            case ObjectValueNode(fields=fields):
                return any(self._has_null(field.value) for field in fields)
        return False

    def _check(
        self, definition: GraphQLField | GraphQLDirective, node: FieldNode | DirectiveNode
    ) -> None:
        try:
            get_argument_values(definition, node, self._values)
        except GraphQLError as error:
            # graphql-core writes Python's name for null.
            error.message = error.message.replace("not to be None", "not to be null")
            raise BadInput(error.message, details=in_graphql_form([error])) from None


def _definition_of(type_names: Iterable[str], name: str) -> GraphQLField:
    """Returns the field's definition. Validation ensures that a type or its interface has it."""
    schema = graphql_schema()
    types = (cast(GraphQLCompositeType, schema.type_map[each]) for each in type_names)
    return next(filter(None, (schema.get_field(each, name) for each in types)))
