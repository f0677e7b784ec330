"""Opens and queries SQLite."""
