"""Middleware around the application, one concern in each file. Nothing here reads a query."""
