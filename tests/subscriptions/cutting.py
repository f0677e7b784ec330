"""A proxy to servers that repeatedly cuts connections."""

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Cutter:
    """Passes bytes between clients and servers. Each connection goes to the next server."""

    def __init__(self, listener: socket.socket, servers: list[str]) -> None:
        self._listener = listener
        self._servers = itertools.cycle(servers)
        self._open: set[socket.socket] = set()
        self.connections = 0
        self._connected = threading.Event()
        host, port = listener.getsockname()
        self.url = f"http://{host}:{port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                parts = urlsplit(next(self._servers))
                server = socket.create_connection((parts.hostname, parts.port))
                self._open |= {client, server}
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()
                self._connected.set()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        # Small pieces, so that a cut may come anywhere within a message.
        with suppress(OSError):
            while some := source.recv(100):
                target.sendall(some)
        self._end(source)
        self._end(target)

    def cut(self) -> None:
        """Closes all connections, once a client has connected since the last cut."""
        assert self._connected.wait(timeout=60), "no client has connected since the last cut"
        self._connected.clear()
        self._end_all()

    def _end_all(self) -> None:
        for connection in list(self._open):
            self._end(connection)

    def _end(self, connection: socket.socket) -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()
        self._open.discard(connection)


@contextmanager
def cutter(*servers: str) -> Iterator[Cutter]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        way = Cutter(listener, list(servers))
        try:
            yield way
        finally:
            # Otherwise a thread that waits for the next connection would continue to wait.
            listener.shutdown(socket.SHUT_RDWR)
            way._end_all()
