"""Bulk writes over REST: a file of lines in, a file of lines out, in one transaction."""

from typing import IO, NamedTuple, cast

from service.engine.engine import Engine
from service.request.context import RequestContext
from service.writing.bulk import BulkTransaction, LineReader, write_many
from service.writing.result import WriteResult
from service.writing.transaction import Transaction


class BulkWrite(NamedTuple):
    """A bulk request.

    `source`: its lines. `answer`: an empty file for the lines of the response.
    """

    source: IO[bytes]
    answer: IO[bytes]
    is_dry_run: bool = False


class BulkWrites:
    """Writes many records of one database at once."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine

    async def write(self, context: RequestContext, bulk: BulkWrite) -> WriteResult:
        """Performs all operations of the lines, or none; writes the response to the answer file.

        Returns the stored response instead if the request repeats an earlier one with its key.
        Raises BodyTooLarge, KeyReused.
        """
        settings = self._engine.settings
        reader = LineReader(
            bulk.source, line_bytes=settings.body_bytes, lines_most=settings.bulk_lines
        )
        is_keyed = context.idempotency_key is not None

        def work(transaction: Transaction) -> WriteResult:
            tx = cast(BulkTransaction, transaction)
            is_good = write_many(tx, reader, bulk.answer, is_dry_run=bulk.is_dry_run)
            if not is_good or bulk.is_dry_run:
                return WriteResult(200 if is_good else 422, b"", is_kept=False)
            # Only a request with a key has its response stored in the database, which needs all of
            # it.
            return WriteResult(200, _whole(bulk.answer) if is_keyed else b"")

        return await self._engine.writer.write(context, work, BulkTransaction)


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
