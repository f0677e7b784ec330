"""The container engine, through its command line."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Maximum time for a container to come back, in seconds.
PATIENCE = 120


class Wrong(Exception):
    """A failed check, described in one line."""


class CouldNotTry(Exception):
    """Why a test could not run, in one line."""


def say(what: str) -> None:
    """Prints one line with the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def must(is_so: bool, otherwise: str) -> None:
    """Raises Wrong if the condition is false."""
    if not is_so:
        raise Wrong(otherwise)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs an engine command, and returns its result whether or not it succeeds."""
    return subprocess.run(  # noqa: S603
        ["docker", *arguments],  # noqa: S607
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def docker(*arguments: str, **variables: str) -> str:
    """Returns the command's standard output. Raises Wrong if it fails."""
    ended = run(*arguments, **variables)
    if ended.returncode:
        print(ended.stdout + ended.stderr, file=sys.stderr)
        raise Wrong(f"`docker {' '.join(arguments)}` exited with {ended.returncode}")
    return ended.stdout.strip()


def need_engine() -> None:
    """Raises CouldNotTry if no container engine responds."""
    if run("info").returncode:
        raise CouldNotTry("No container engine responds.")


def need_image(image: str) -> None:
    """Raises CouldNotTry if an image is not available, and can be neither pulled nor made."""
    commands = (("image", "inspect", image), ("pull", "--quiet", image))
    if all(run(*command).returncode for command in commands) and not make_stand_in(image):
        raise CouldNotTry(f"The image {image} cannot be pulled.")


# Debian's packages, where an official image can't be had.
_DEBIAN = "debian:bookworm-slim"
_INSTALL = "apt-get update && apt-get install --yes --no-install-recommends"
_STAND_INS = {
    "haproxy": f"FROM {_DEBIAN}\nRUN {_INSTALL} haproxy\n",
    "prom/prometheus": (
        f"FROM {_DEBIAN}\nRUN {_INSTALL} prometheus\n"
        "RUN install --directory --owner 65534 --group 65534 /prometheus\n"
        'ENTRYPOINT ["prometheus"]\n'
    ),
}


def make_stand_in(image: str) -> bool:
    """Builds an image of this name from Debian's package, and returns whether it could.

    It proves the files of the project, and not the contents of the official image.
    """
    text = _STAND_INS.get(image.partition(":")[0])
    if text is None or run("image", "inspect", _DEBIAN).returncode:
        return False
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "Dockerfile").write_text(text)
        return run("build", "--quiet", "--tag", image, folder).returncode == 0


@contextmanager
def started_again(container: str) -> Iterator[None]:
    """On exit, waits until the engine has restarted the container."""
    now = docker("info", "--format", "{{.SystemTime}}")
    yield
    filters = ["--filter", f"container={container}", "--filter", "event=start"]
    command = ["docker", "events", "--since", now, *filters]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        # On timeout, kill the event stream, so that the read below returns an empty line.
        deadline = threading.Timer(PATIENCE, process.kill)
        deadline.start()
        line = process.stdout.readline() if process.stdout else ""
        deadline.cancel()
        process.kill()
    must(bool(line), f"{container} was not restarted.")
