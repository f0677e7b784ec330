"""Runs the processes: uvicorn, workers, limits on slow clients. No request is parsed here."""
