"""A JSON object that a REST request brings."""

from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import Request

from service.errors import MalformedBody, UnsupportedMediaType
from service.http.asgi import read_body

JSON = "application/json"


async def read_json_object(
    request: Request, most: int, media_types: Sequence[str] = (JSON,)
) -> dict[str, Any]:
    """The object in the body, which has `most` bytes at most. Raises RequestError."""
    media_type, _, _ = request.headers.get("content-type", "").partition(";")
    if media_type.strip().lower() not in media_types:
        raise UnsupportedMediaType(f"Send the body as {' or '.join(media_types)}.")
    try:
        content = orjson.loads(await read_body(request.receive, most))
    except orjson.JSONDecodeError as error:
        raise MalformedBody(f"The body is not JSON: {error}.") from None
    if not isinstance(content, dict):
        raise MalformedBody("The body is not a JSON object.")
    return content
