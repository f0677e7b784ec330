"""A client that looks up one actor every 10 ms in its own process: `innocent HOST PORT`.

Prints a line for each look-up: when it was sent (by the monotonic clock), and the seconds until the
response. Exits when its standard input is closed.
"""

import http.client
import json
import sys
import threading
import time

_BODY = json.dumps({"query": '{ actor(by: {slug: "russia"}) { id } }'})
_PAUSE_SECONDS = 0.01


def look_up(host: str, port: int) -> None:
    """Sends look-ups until the process is terminated."""
    connection = http.client.HTTPConnection(host, port, timeout=120)
    while True:
        sent = time.monotonic()
        connection.request("POST", "/graphql", _BODY, {"content-type": "application/json"})
        response = connection.getresponse().read()
        waited = time.monotonic() - sent
        if b'"id"' not in response:
            raise AssertionError(f"The look-up failed: {response!r}")
        print(f"{sent} {waited}", flush=True)
        time.sleep(_PAUSE_SECONDS)


if __name__ == "__main__":
    threading.Thread(target=look_up, args=(sys.argv[1], int(sys.argv[2])), daemon=True).start()
    sys.stdin.read()
