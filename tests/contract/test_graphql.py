"""schemathesis sends random queries and mutations to GraphQL."""

from typing import Any

import pytest
import schemathesis
from graphql import DocumentNode
from hypothesis import strategies
from schemathesis import HookContext
from schemathesis.graphql import nodes
from schemathesis.specs.graphql.schemas import GraphQLSchema

from schema.graphql.schema import graphql_schema
from tests.contract.documents import askable
from tests.contract.running import configured, run
from tests.contract.service import Service

for name, values in {
    "EDTFDate": ["2024", "2024-10", "2024-10-28", "0001"],
    "Decimal": ["0", "12.5", "40000000000", "-1"],
}.items():
    schemathesis.graphql.scalar(name, strategies.sampled_from(values).map(nodes.String))


def schema_of(service: Service, mode: str, *phases: str, token: str | None) -> GraphQLSchema:
    config = configured(phases, token, mode)
    return schemathesis.graphql.from_asgi("/graphql", service.application, config=config)


def test_valid_documents_of_an_editor_are_answered_as_they_ask(service: Service) -> None:
    schema = schema_of(service, "positive", "fuzzing", "stateful", token=service.token)

    @schema.hook
    def map_body(_: HookContext, body: Any) -> Any:
        return askable(body, graphql_schema()) if isinstance(body, DocumentNode) else body

    found = run(schema)
    assert not found.failures, str(found)


@pytest.mark.parametrize("as_editor", [True, False])
def test_what_the_schema_does_not_allow_is_refused(service: Service, as_editor: bool) -> None:
    token = service.token if as_editor else None
    found = run(schema_of(service, "negative", "fuzzing", token=token))
    assert not found.failures, str(found)
