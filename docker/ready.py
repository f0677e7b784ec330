"""Checks whether the service in this container is ready; the exit status is the result.

It does not import the service's code, which takes longer to load than the request.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

_SECONDS = 4


def main() -> None:
    """Exits with 0 if the service is ready, otherwise with one line that says why not."""
    port = int(os.environ.get("ALLYGRAPH_PORT", "8000"))
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        answer_text = answer.read().decode()
    except (OSError, HTTPException) as error:
        sys.exit(f"The service does not respond: {error}")
    if answer.status != 200:
        sys.exit(f"The service is not ready: {answer_text}")


if __name__ == "__main__":
    main()
