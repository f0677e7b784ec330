"""Keys that our server adds to the `state` of an ASGI scope."""

# A function that aborts the connection without sending the buffered data.
ABORT = "abort"

# A function that takes the number of bytes of the body that are no longer in memory.
STORED = "stored"
