"""One request: its caller, what it says beside its document, and what is found out on its way."""
