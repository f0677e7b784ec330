"""Errors over REST: `application/problem+json` (RFC 9457), with the codes of GraphQL."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from service.errors import (
    AllyGraphError,
    MalformedBody,
    MethodNotAllowed,
    NotFound,
    RefusedWrite,
    Unexpected,
)
from service.http.asgi import context_of
from service.http.error_headers import error_headers
from service.http.failures import log_failure
from service.http.security_headers import ANSWER_HEADERS
from service.observability.log import Event, log
from service.request.connection import Disconnected
from service.request.context import RequestContext

MEDIA_TYPE = "application/problem+json"

# The member with the problems of a write, besides the members that the RFC defines.
WITH_ERRORS = "errors"


def problem(
    error: AllyGraphError, context: RequestContext, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Returns an error as a problem document. Sets the code of the context."""
    context.code = error.code
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.message,
        "code": error.code,
        "requestId": context.request_id,
    }
    if isinstance(error, RefusedWrite):
        content[WITH_ERRORS] = [asdict(each) for each in error.problems]
    all_headers = ANSWER_HEADERS | error_headers(error) | (headers or {})
    return JSONResponse(content, error.status, all_headers, media_type=MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Registers handlers that turn every error of a route into a problem document."""

    @app.exception_handler(AllyGraphError)
    async def _known(request: Request, error: AllyGraphError) -> JSONResponse:
        context = context_of(request.scope)
        log_failure(error, request.url.path)
        return problem(error, context)

    @app.exception_handler(HTTPException)
    async def _routing(request: Request, error: HTTPException) -> Response:
        context = context_of(request.scope)
        if error.status_code == MethodNotAllowed.status:
            refused = MethodNotAllowed(f"{request.url.path} does not take {request.method}.")
            headers = dict(error.headers or {})
            if "Allow" in headers:
                headers["Allow"] = ", ".join(_methods_at(request))
            return problem(refused, context, headers)
        if request.method in ("GET", "HEAD") and (other := _other_slash(request)):
            return Response(status_code=307, headers={"location": other})
        return problem(NotFound(f"There is nothing at {request.url.path}; see /docs."), context)

    @app.exception_handler(Disconnected)
    async def _gone(_: Request, __: Disconnected) -> Response:
        """Returns a response that no client reads: it has disconnected.

        The service has not failed.
        """
        return Response(status_code=MalformedBody.status)

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        log.error(Event.FAULT, path=request.url.path, exc_info=error)
        unexpected = Unexpected("Internal error. The log of the service has the details.")
        return problem(unexpected, context_of(request.scope))


def _other_slash(request: Request) -> str | None:
    """Returns the relative address with the opposite final slash, or None if it does not exist."""
    path = request.scope["path"]
    other = path.rstrip("/") if path.endswith("/") else f"{path}/"
    scope = {**request.scope, "path": other}
    if not any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
        return None
    # `/docs` leads to `docs/`, and `/api/v1/actors/` to `../actors`.
    name = quote(other.rstrip("/").rpartition("/")[2])
    query = f"?{request.url.query}" if request.url.query else ""
    return (f"../{name}" if path.endswith("/") else f"{name}/") + query


def _methods_at(request: Request) -> Iterator[str]:
    """Yields the methods of an address, which several routes may share."""
    for method in ("GET", "HEAD", "POST", "PATCH", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            yield method
