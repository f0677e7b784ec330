"""The two schemas as text: what is committed, printed, and compared in tests."""

import json

from schema.graphql.schema import sdl
from service.http.openapi.document import document


def sdl_text() -> str:
    """The GraphQL schema."""
    return sdl()


def openapi_text() -> str:
    """The OpenAPI document."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
