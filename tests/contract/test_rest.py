"""schemathesis asks all that the OpenAPI document allows, and much that it does not."""

import pytest
import schemathesis
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.contract.running import IS_LONG, configured, run
from tests.contract.service import Service
from tests.contract.valid_requests import keep_doable, keep_to_known_addresses

# What is drawn at random may be large; that says nothing of the service.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

# Collections are all derived by the same code: a short run looks closely at one of each sort.
CLOSELY = [
    *("listActors", "listChanges", "listTokens", "getMembership", "healthz", "readyz"),
    *("createSource", "createToken", "updateActor", "deleteSource", "mergeActors"),
]


METHODS = {"GET", "POST", "PATCH", "DELETE"}
# Files have the parameters of their collections, up to hundreds: a short run asks for those of one.
_OTHER_FILES = r"(?<!/sources)\.(csv|jsonl|parquet|gexf|graphml)$"


def schema_of(
    service: Service, *phases: str, token: str | None, mode: str = "all"
) -> OpenApiSchema:
    config = configured(phases, token, mode)
    schema = schemathesis.openapi.from_asgi("/openapi.json", service.application, config=config)
    return schema if IS_LONG else schema.exclude(path_regex=_OTHER_FILES)


def test_every_way_to_ask_that_the_document_tells_of_keeps_to_it(service: Service) -> None:
    schema = schema_of(service, "examples", "coverage", token=service.token)
    found = run(schema if IS_LONG else schema.include(operation_id=CLOSELY))
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
