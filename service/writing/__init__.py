"""How records are written: one request, one transaction, one revision."""
