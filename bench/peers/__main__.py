"""Serves one peer, the way AllyGraph is served: `python -m bench.peers NAME DATABASE PORT`."""

import sys
from importlib import import_module

import uvicorn


def main(name: str, database: str, port: str) -> None:
    """Serves until SIGTERM."""
    peer = import_module(f"bench.peers.{name}")
    uvicorn.run(
        peer.create_app(database),
        host="127.0.0.1",
        port=int(port),
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        lifespan="off",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
