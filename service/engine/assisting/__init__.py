"""Tools for assistants: short answers with ids, sources and the citation, and no writes."""
