"""The context of one request: its caller, its headers, and the state of its processing."""
