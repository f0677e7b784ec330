"""Loads the code of workers once, since each worker is forked from this process.

A process that loads the code itself takes more than a second to start, a fork a tenth of that.
"""

import gc
import importlib

from schema.graphql.schema import graphql_schema

# FastAPI imports the second when it has a route.
for name in ("service.server.serve", "pydantic.v1"):
    importlib.import_module(name)
graphql_schema()
# Frozen objects stay, so that the garbage collectors of forks need not scan them.
gc.freeze()
