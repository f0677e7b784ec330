"""The GraphQL schema and the OpenAPI document as text, to print, commit and compare in tests."""

import json

from schema.graphql.schema import sdl
from service.http.openapi.document import document


def sdl_text() -> str:
    """The GraphQL schema, in SDL."""
    return sdl()


def openapi_text() -> str:
    """The OpenAPI document, as indented JSON."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
