"""Log, request context, counters and metrics. Nothing here changes a response."""
