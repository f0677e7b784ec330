"""A guard that knows the tokens of a database, without the rest of the service."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service.auth.callers import Guard
from service.auth.tokens import token_by_digest
from service.database.executors import open_executor
from service.settings import Settings
from tests.stores import database_of


@contextmanager
def guarding(path: Path, runner: asyncio.Runner, **settings: Any) -> Iterator[Guard]:
    """Yields a guard as in the service: it reads by itself, and lives across writes."""
    database, chosen = database_of(path), Settings(**settings)
    by_digest = token_by_digest(database.dialect)
    executor = open_executor(database, chosen)
    yield Guard(chosen, lambda digest: executor.find(by_digest, {"digest": digest}))
    runner.run(executor.close())
