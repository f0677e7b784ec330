"""REST under /api/v1. Transport only: no planning, no SQL."""
