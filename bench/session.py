"""What all comparisons of a run share: the database, the rounds, and the servers for reads."""

from contextlib import ExitStack

from bench import servers
from bench.databases import Database
from bench.rounds import Rounds
from bench.servers import Server, Service


class Session:
    """One run of the bench. Writes go to copies of its database, never to the database itself."""

    def __init__(self, database: Database, rounds: Rounds, stack: ExitStack) -> None:
        """The servers are stopped with `stack`."""
        self.database = database
        self.rounds = rounds
        self._stack = stack
        self._running: dict[Service, Server] = {}

    def server(self, service: Service) -> Server:
        """A running server of the service; started on first use."""
        if service not in self._running:
            starting = servers.running(service, self.database)
            self._running[service] = self._stack.enter_context(starting)
        return self._running[service]
