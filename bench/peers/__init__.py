"""The peers: servers that run the same queries on the same tables as AllyGraph.

The function `create_app(database)` of each module returns an ASGI application.
"""
