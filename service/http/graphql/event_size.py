"""The limit on the size of one WebSocket message or server-sent event.

The server buffers a whole event for each client that reads slowly, so the size bounds the memory.
"""

from service.errors import EventTooLarge

# The limit, in bytes of JSON.
MAX_EVENT_BYTES = 1_000_000


def check_event_size(body: bytes) -> None:
    """Raises EventTooLarge if a message exceeds the limit."""
    if len(body) > MAX_EVENT_BYTES:
        raise EventTooLarge(
            f"This event has {len(body):,} bytes; the limit is {MAX_EVENT_BYTES:,}. Select fewer "
            "fields or a smaller page, or send a query as an ordinary HTTP request."
        )
