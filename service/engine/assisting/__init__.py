"""Read-only tools for assistants, with short results: ids, sources and a citation."""
