"""Long answers in pieces, so that a slow reader never holds more than one of them in memory."""

from collections.abc import Iterator

# As much as a transport keeps before it lets whoever writes wait.
PIECE_BYTES = 65_536


def in_pieces(*texts: bytes) -> Iterator[bytes | memoryview]:
    """The texts one after the other, as one piece if they are short; a long one is not copied."""
    if sum(map(len, texts)) <= PIECE_BYTES:
        yield b"".join(texts)
        return
    for text in texts:
        view = memoryview(text)
        for start in range(0, len(text), PIECE_BYTES):
            yield view[start : start + PIECE_BYTES]
