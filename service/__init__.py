"""The data service: how a request becomes a response."""

__version__ = "0.1.0"
