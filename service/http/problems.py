"""Errors over REST: `application/problem+json` (RFC 9457), with the codes GraphQL has too."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

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
from service.http.asgi import Disconnected
from service.http.error_headers import error_headers
from service.http.security_headers import ANSWER_HEADERS
from service.observability.log import Event, log
from service.observability.request_context import current_context

MEDIA_TYPE = "application/problem+json"

# The member that says what is wrong with a write, beside those of the RFC.
WITH_ERRORS = "errors"


def problem(error: AllyGraphError, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as a problem document."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.message,
        "code": error.code,
    }
    exchange = current_context()
    if exchange is not None:
        exchange.code = error.code
        content["requestId"] = exchange.request_id
    if isinstance(error, RefusedWrite):
        content[WITH_ERRORS] = [asdict(each) for each in error.problems]
    told = ANSWER_HEADERS | error_headers(error) | (headers or {})
    return JSONResponse(content, error.status, told, media_type=MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Makes every error of the framework's routes a problem document."""

    @app.exception_handler(AllyGraphError)
    async def _ours(_: Request, error: AllyGraphError) -> JSONResponse:
        return problem(error)

    @app.exception_handler(HTTPException)
    async def _routing(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == MethodNotAllowed.status:
            refused = MethodNotAllowed(f"{request.url.path} does not take {request.method}.")
            headers = dict(error.headers or {})
            if "Allow" in headers:
                headers["Allow"] = ", ".join(_methods_at(request))
            return problem(refused, headers)
        return problem(NotFound(f"There is nothing at {request.url.path}; see /docs."))

    @app.exception_handler(Disconnected)
    async def _gone(_: Request, __: Disconnected) -> Response:
        """Nobody is there to read an answer, and nothing went wrong here."""
        return Response(status_code=MalformedBody.status)

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        log.error(Event.FAULT, path=request.url.path, exc_info=error)
        return problem(Unexpected("Something went wrong here; the log says what."))


def _methods_at(request: Request) -> Iterator[str]:
    """What the address takes, whichever routes it is that share it."""
    for method in ("GET", "HEAD", "POST", "PATCH", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            yield method
