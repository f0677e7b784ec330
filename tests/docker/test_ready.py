"""The health check of the container: `docker/ready.py`."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

READY = Path(__file__).parents[2] / "docker" / "ready.py"


@contextmanager
def service(status: int) -> Iterator[int]:
    """Yields the port of a server that returns this status for `/readyz`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()
            self.wfile.write(b"the reason")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def ask(port: int) -> subprocess.CompletedProcess[str]:
    # The check ignores a proxy in the environment.
    environment = {"ALLYGRAPH_PORT": str(port), "http_proxy": "http://192.0.2.1:9"}
    command = [sys.executable, "-I", str(READY)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_service_that_answers_is_ready() -> None:
    with service(200) as port:
        assert ask(port).returncode == 0


def test_service_that_answers_503_is_not_ready_and_the_reason_is_reported() -> None:
    with service(503) as port:
        ended = ask(port)
    assert (ended.returncode, ended.stderr) == (1, "The service is not ready: the reason\n")


def test_service_that_does_not_listen_is_not_ready() -> None:
    with service(200) as port:
        pass
    ended = ask(port)
    assert ended.returncode == 1
    assert ended.stderr.startswith("The service does not respond: ")
