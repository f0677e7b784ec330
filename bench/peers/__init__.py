"""What AllyGraph is compared with: services that answer the same questions over the same tables.

Each module's `create_app(database)` gives an ASGI application.
"""
