"""Transport only: what HTTP asks for, around answers that are made elsewhere."""
