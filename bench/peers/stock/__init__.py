"""The stock peer, well built: Strawberry on FastAPI with DataLoaders and both of its caches."""

from bench.peers.stock.app import create_app

__all__ = ["create_app"]
