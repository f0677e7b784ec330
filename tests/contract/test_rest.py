"""schemathesis sends requests that the OpenAPI document allows, and many that it does not."""

from collections.abc import Sequence

import pytest
import schemathesis
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.contract.running import configured, run
from tests.contract.service import Service
from tests.contract.valid_requests import keep_doable, keep_to_known_addresses
from tests.runner.parts import IS_SAMPLED

# Random data may be large, which is no failure of the service.
pytestmark = [
    pytest.mark.sampled,
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),
]

# The same code derives all collections and their files, so the sample has one of each sort. Of the
# operations with hundreds of filter parameters, it has one.
CLOSELY = [
    *("listActors", "listChanges", "listTokens", "getMembership", "healthz", "readyz"),
    *("createSource", "createToken", "updateActor", "deleteSource", "mergeActors"),
]
OF_EACH_SORT = [
    *CLOSELY,
    *("listSources", "getActor", "createStatement", "updateStatement", "deleteActor", "bulk"),
    *("exportSourcesAsCsv", "exportSourcesAsJsonl", "exportSourcesAsParquet", "exportPanelAsCsv"),
    *("listPaths", "listPanel", "search", "cite", "revokeToken", "reconcileByAddress", "reconcile"),
    *("suggestActor", "suggestType", "suggestProperty", "proposeProperties", "previewActor"),
]
METHODS = {"GET", "POST", "PATCH", "DELETE"}


def schema_of(
    service: Service,
    *phases: str,
    token: str | None,
    mode: str = "all",
    sample: Sequence[str] = OF_EACH_SORT,
) -> OpenApiSchema:
    config = configured(phases, token, mode)
    schema = schemathesis.openapi.from_asgi("/openapi.json", service.application, config=config)
    return schema.include(operation_id=list(sample)) if IS_SAMPLED else schema


def test_every_way_to_ask_that_the_document_tells_of_keeps_to_it(service: Service) -> None:
    schema = schema_of(service, "examples", "coverage", token=service.token, sample=CLOSELY)
    found = run(schema)
    assert not found.failures, str(found)


def test_random_requests_of_an_administrator_keep_to_the_document(service: Service) -> None:
    found = run(schema_of(service, "fuzzing", token=service.token))
    assert not found.failures, str(found)


def test_requests_that_can_be_done_keep_to_the_document(service: Service) -> None:
    schema = schema_of(service, "fuzzing", token=service.token, mode="positive")
    keep_doable(schema)
    keep_to_known_addresses(schema)
    found = run(schema)
    assert not found.failures, str(found)
    assert {operation.split()[0] for operation in found.succeeded()} == METHODS


def test_what_is_written_can_be_followed_by_the_links(service: Service) -> None:
    schema = schema_of(service, "stateful", token=service.token, mode="positive")
    keep_doable(schema)
    found = run(schema)
    assert not found.failures, str(found)


def test_random_requests_without_a_token_keep_to_the_document(service: Service) -> None:
    found = run(schema_of(service, "fuzzing", token=None))
    assert not found.failures, str(found)
