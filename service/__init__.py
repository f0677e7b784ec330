"""How a question is answered. The listing reads as the path of a request."""

__version__ = "0.1.0"
