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
    """The root fields."""

    @strawberry.field
    async def supports(
        self, info: Ask, where: SupportFilter | None = None, first: int = 20
    ) -> SupportConnection:
        """Returns the first supports that match."""
        statement = select(SUPPORT).order_by(SUPPORT.c.id).limit(first + 1)
        if where and where.kind and where.kind.eq:
            statement = statement.where(SUPPORT.c.kind == where.kind.eq.value)
        return SupportConnection.of(await info.context.read(statement), first)

    @strawberry.field
    async def actor(self, info: Ask, by: ActorBy) -> Actor | None:
        """Returns the actor with this slug."""
        if by.slug is None:
            return None
        rows = await info.context.read(select(ACTOR).where(ACTOR.c.slug == by.slug.value))
        return Actor.of(rows[0]) if rows else None


class Router(GraphQLRouter[Loaders, None]):
    """The router with a faster encoder than the standard library's."""

    def encode_json(self, data: object) -> bytes:
        """Returns the response as JSON."""
        return orjson.dumps(data)


def create_app(database: str) -> FastAPI:
    """Returns an application as in the framework's guide."""
    engine = create_engine(f"sqlite:///{database}")

    async def loaders() -> Loaders:
        return Loaders(engine)

    schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
    app = FastAPI()
    app.include_router(Router(schema, context_getter=loaders), prefix="/graphql")
    return app
