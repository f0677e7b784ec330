"""Links in the OpenAPI document: where a record that an answer names can be read and written."""

from schema.concepts import COLLECTIONS, WRITABLE_COLLECTIONS, Concept
from service.http.openapi.values import Json

# Where an answer has the id: that of a record, and that of a page.
ITS_OWN = "$response.body#/id"
FIRST_OF_PAGE = "$response.body#/data/0/id"


def member_links(name: str, concept: Concept, at: str) -> Json:
    """To every operation on the record of this collection whose id is there."""
    operations = ["get"] if concept in COLLECTIONS.values() else []
    operations += ["update", "delete"] if concept in WRITABLE_COLLECTIONS.values() else []
    return {
        operation: {"operationId": f"{operation}_{name}", "parameters": {"key": at}}
        for operation in operations
    }
