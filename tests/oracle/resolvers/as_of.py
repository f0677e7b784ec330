"""Finds the state of the data that a document reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graphql import GraphQLSchema, OperationDefinitionNode, get_directive_values
from graphql.execution import get_variable_values
from graphql.execution.values import VariableValues

from tests.oracle.data_sets.world import World


def world_asked(
    schema: GraphQLSchema,
    world: World,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> World:
    """Returns the current data, or the state that `@asOf` selects."""
    directive = schema.get_directive("asOf")
    assert directive
    values = get_variable_values(schema, operation.variable_definitions or (), dict(variables))
    assert isinstance(values, VariableValues), values
    given = get_directive_values(directive, operation, values)
    named = {name: value for name, value in (given or {}).items() if value is not None}
    return _world_at(world, **named) if named else world


def _world_at(world: World, revision: int | None = None, time: str | None = None) -> World:
    """Returns the state at the revision, or the newest at the time; before the first one, none."""
    worlds = list(world.past())
    if time is None:
        return next(each for each in worlds if each.revision.number == revision)
    then = datetime.fromisoformat(time)
    known = (each for each in worlds if datetime.fromisoformat(each.revision.time) <= then)
    return next(known, worlds[-1])
