"""Asks the service in this container whether it can answer; the exit status says so.

Without the service's own code, which takes longer to load than the question does to be answered.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

_SECONDS = 4


def main() -> None:
    """Ends with 0 where the service is ready, and with one line that says why where it is not."""
    port = int(os.environ.get("ALLYGRAPH_PORT", "8000"))
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        told = answer.read().decode()
    except (OSError, HTTPException) as error:
        sys.exit(f"The service does not answer: {error}")
    if answer.status != 200:
        sys.exit(f"The service is not ready: {told}")


if __name__ == "__main__":
    main()
