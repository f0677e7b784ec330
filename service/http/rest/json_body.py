"""Reads a JSON object from the body of a REST request."""

from collections.abc import Sequence
from typing import Any

import orjson
from starlette.requests import Request

from service.errors import MalformedBody
from service.http.asgi import HEADER_MOST, header_list
from service.http.request_body import CONTENT_ENCODING, check_content_type, read_body

JSON = "application/json"


async def read_json_object(
    request: Request, most: int, media_types: Sequence[str] = (JSON,)
) -> dict[str, Any]:
    """Returns the object in the body. `most`: the maximum length in bytes. Raises RequestError."""
    content_type = request.headers.get("content-type", "")[:HEADER_MOST]
    check_content_type(content_type.encode("latin-1"), tuple(media_types))
    body = await read_body(
        request.receive, most, header_list(request.headers.raw, CONTENT_ENCODING)
    )
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedBody(f"The body is not JSON: {error}.") from None
    if not isinstance(content, dict):
        raise MalformedBody("The body is not a JSON object.")
    return content
