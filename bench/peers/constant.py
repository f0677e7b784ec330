"""The ceiling: the same bytes whatever is asked, about as many as the lookup's answer has."""

from bench.peers import asgi

ANSWER = (
    b'{"data":{"actor":{"id":"actor_1234","slug":"nowhereland","name":"Nowhereland",'
    b'"kind":"ORGANISATION","description":"Known only to those who measure."}}}'
)


def create_app(database: str) -> asgi.Application:
    """An application that never looks at the database."""

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        await asgi.answer(send, ANSWER)

    return app
