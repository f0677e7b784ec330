"""What a request passes before the application, one concern a file. Nothing here reads a query."""
