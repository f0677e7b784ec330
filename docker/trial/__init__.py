"""The parts of `docker/test`: the engine, a stack of containers, a client, and the checks."""
