"""What `docker/test` is made of: the engine, a stack of containers, a client, and the checks."""
