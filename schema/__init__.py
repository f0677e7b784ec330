"""What exists, and what may be asked of it."""
