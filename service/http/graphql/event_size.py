"""The limit on the size of one WebSocket message or server-sent event.

An event is buffered whole for each client that reads slowly, so its size bounds that memory.
"""

from service.errors import EventTooLarge

# In bytes of JSON.
MAX_EVENT_BYTES = 1_000_000


def check_event_size(body: bytes) -> None:
    """Raises EventTooLarge."""
    if len(body) > MAX_EVENT_BYTES:
        raise EventTooLarge(
            f"This event has {len(body):,} bytes; the limit is {MAX_EVENT_BYTES:,}. Select fewer "
            "fields or a smaller page, or send a query as an ordinary HTTP request."
        )
