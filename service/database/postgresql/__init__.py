"""Opens and queries PostgreSQL."""
