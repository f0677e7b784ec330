"""What all comparisons of one run share: the data, the rounds, and the servers that only read."""

from contextlib import ExitStack

from bench import servers
from bench.databases import Database
from bench.rounds import Rounds
from bench.servers import Server, Service


class Session:
    """One run of the bench. Nobody writes to its database: who writes gets a copy."""

    def __init__(self, database: Database, rounds: Rounds, stack: ExitStack) -> None:
        """The servers live as long as `stack`."""
        self.database = database
        self.rounds = rounds
        self._stack = stack
        self._running: dict[Service, Server] = {}

    def server(self, service: Service) -> Server:
        """A server that answers; it is started by whoever needs it first."""
        if service not in self._running:
            starting = servers.running(service, self.database)
            self._running[service] = self._stack.enter_context(starting)
        return self._running[service]
