"""Reads a JSON object from the body of a REST request."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from service.errors import MalformedBody
from service.http.request_body import body_of, json_of

JSON = "application/json"


async def read_json_object(
    request: Request, most: int, media_types: Sequence[str] = (JSON,)
) -> dict[str, Any]:
    """Returns the object in the body. `most`: the maximum length in bytes. Raises RequestError."""
    content = json_of(await body_of(request, most, tuple(media_types)))
    if not isinstance(content, dict):
        raise MalformedBody("The body is not a JSON object.")
    return content
