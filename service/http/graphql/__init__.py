"""GraphQL over HTTP, WebSocket and Server-Sent Events. Transport only: no planning, no SQL."""
