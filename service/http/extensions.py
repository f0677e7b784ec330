"""Keys that our server adds to the `state` of an ASGI scope."""

# A function that aborts the connection without sending what is buffered.
ABORT = "abort"
