"""What every worker needs before it opens a database, loaded once: a worker begins as a copy.

A process that loads the code itself takes more than a second to begin, a copy a tenth of that.
"""

import gc
import importlib

from schema.graphql.schema import graphql_schema

# The second is asked for by FastAPI once it has a route.
for name in ("service.server.serve", "pydantic.v1"):
    importlib.import_module(name)
graphql_schema()
# What is there now stays: copies need not look through it.
gc.freeze()
