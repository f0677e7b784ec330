"""What our server adds to ASGI, for connections that stay open."""

# A key of the scope's `state`: a function that ends the connection, read or unread.
ABORT = "abort"
# A WebSocket message of this type is a piece of a text message: `data` in bytes, `more`. The scope
# names it among its extensions.
FRAGMENTS = "allygraph.websocket.fragment"
