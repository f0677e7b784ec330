"""The access log: a line for each request, without its body and its query string."""

from starlette.types import ASGIApp

from service.http.asgi import Message, Receive, Scope, Send, context_of, header
from service.observability.log import Event, log


class RequestLog:
    """Logs each request when its response begins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection, or the lifespan."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        context = context_of(scope)

        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                client = scope.get("client")
                log.info(
                    Event.REQUEST,
                    method=scope["method"],
                    path=scope["path"],
                    status=message["status"],
                    milliseconds=round(context.seconds * 1000, 1),
                    client=client[0] if client else None,
                    agent=header(scope, b"user-agent"),
                    operation=context.operation or None,
                    code=context.code or None,
                )
            await send(message)

        return await self._app(scope, receive, send_and_log)
