"""Links in the OpenAPI document: from a response to the operations on a record in it."""

from schema.concepts import COLLECTIONS, Concept
from service.http.openapi.values import Json

# Where a response has the id of its record, and where a page has the id of its first record.
ITS_OWN = "$response.body#/id"
FIRST_OF_PAGE = "$response.body#/data/0/id"


def member_links(concept: Concept, at: str) -> Json:
    """Links to all operations on the record of this collection whose id is at `at`."""
    operations = ["get"] if concept in COLLECTIONS.values() else []
    operations += ["update", "delete"] if concept in COLLECTIONS.values() else []
    return {
        operation: {"operationId": f"{operation}{concept.name}", "parameters": {"key": at}}
        for operation in operations
    }
