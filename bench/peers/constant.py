"""The upper bound: a constant response, about as long as that of a look-up."""

from bench.peers import asgi

RESPONSE = (
    b'{"data":{"actor":{"id":"actor_1234","slug":"nowhereland","name":"Nowhereland",'
    b'"kind":"ORGANISATION","description":"Known only to those who measure."}}}'
)


def create_app(database: str) -> asgi.Application:
    """An application that never uses the database."""

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        await asgi.respond(send, RESPONSE)

    return app
