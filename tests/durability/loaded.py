"""What every worker needs before it opens a database, loaded once: a worker begins as a copy.

A process that loads the code itself takes a second to begin, a copy a twentieth of that.
"""

import service.serve
from schema.graphql.schema import graphql_schema

__all__ = ["service"]

graphql_schema()
