"""Errors in the form of GraphQL, each with its code and the id of the request."""

from typing import Any

import orjson

from service.errors import AllyGraphError
from service.request.context import RequestContext


def errors_of(error: AllyGraphError, context: RequestContext | None = None) -> list[dict[str, Any]]:
    """Returns the entries of `errors`. Sets the code of the context, if given."""
    details = getattr(error, "details", ()) or ({"message": error.message},)
    extensions = {"code": error.code}
    if context is not None:
        context.code = error.code
        extensions["requestId"] = context.request_id
    return [{**detail, "extensions": extensions} for detail in details]


def error_response(error: AllyGraphError, context: RequestContext | None = None) -> bytes:
    """Returns the complete response to a failed request."""
    return orjson.dumps({"errors": errors_of(error, context)})
