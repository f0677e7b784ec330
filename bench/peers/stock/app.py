"""The service: queries, caches and transport."""

import orjson
import strawberry
from fastapi import FastAPI
from sqlalchemy import create_engine, select
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import GraphQLRouter

from bench.peers.stock.loaders import ACTOR, SUPPORT, Loaders
from bench.peers.stock.types import Actor, ActorBy, Ask, SupportConnection, SupportFilter


@strawberry.type
class Query:
    """What may be asked."""

    @strawberry.field
    async def supports(
        self, info: Ask, where: SupportFilter | None = None, first: int = 20
    ) -> SupportConnection:
        """Every support that matches."""
        statement = select(SUPPORT).order_by(SUPPORT.c.id).limit(first + 1)
        if where and where.kind and where.kind.eq:
            statement = statement.where(SUPPORT.c.kind == where.kind.eq.value)
        return SupportConnection.of(await info.context.read(statement), first)

    @strawberry.field
    async def actor(self, info: Ask, by: ActorBy) -> Actor | None:
        """The actor so named."""
        if by.slug is None:
            return None
        rows = await info.context.read(select(ACTOR).where(ACTOR.c.slug == by.slug.value))
        return Actor.of(rows[0]) if rows else None


class Router(GraphQLRouter[Loaders, None]):
    """The router with a faster encoder than the standard library's."""

    def encode_json(self, data: object) -> bytes:
        """The answer as bytes of JSON."""
        return orjson.dumps(data)


def create_app(database: str) -> FastAPI:
    """An application like the one that the framework's guide arrives at."""
    engine = create_engine(f"sqlite:///{database}")

    async def loaders() -> Loaders:
        return Loaders(engine)

    schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
    app = FastAPI()
    app.include_router(Router(schema, context_getter=loaders), prefix="/graphql")
    return app
