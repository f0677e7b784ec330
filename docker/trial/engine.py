"""The container engine, by its command line."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# How long a container has to come back, in seconds.
PATIENCE = 120


class Wrong(Exception):
    """What is not as it must be, in one line."""


class CouldNotTry(Exception):
    """Why nothing could be tried, in one line."""


def say(what: str) -> None:
    """One line, with the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def must(is_so: bool, otherwise: str) -> None:
    """Raises Wrong where it is not so."""
    if not is_so:
        raise Wrong(otherwise)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the engine's command to its end, however it ends."""
    return subprocess.run(  # noqa: S603
        ["docker", *arguments],  # noqa: S607
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def docker(*arguments: str, **variables: str) -> str:
    """What the command says. Raises Wrong where it fails."""
    ended = run(*arguments, **variables)
    if ended.returncode:
        print(ended.stdout + ended.stderr, file=sys.stderr)
        raise Wrong(f"`docker {' '.join(arguments)}` ended with {ended.returncode}")
    return ended.stdout.strip()


def need_engine() -> None:
    """Raises CouldNotTry where none answers."""
    if run("info").returncode:
        raise CouldNotTry("No container engine answers.")


def need_image(image: str) -> None:
    """Raises CouldNotTry where an image is not here and can't be fetched."""
    commands = (("image", "inspect", image), ("pull", "--quiet", image))
    if all(run(*command).returncode for command in commands):
        raise CouldNotTry(f"The image {image} can't be had.")


@contextmanager
def started_again(container: str) -> Iterator[None]:
    """Waits, at its end, for the engine to start the container once more."""
    now = docker("info", "--format", "{{.SystemTime}}")
    yield
    filters = ["--filter", f"container={container}", "--filter", "event=start"]
    command = ["docker", "events", "--since", now, *filters]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as told:  # noqa: S603
        # Whoever waits in vain is told nothing, since what would tell him is ended.
        deadline = threading.Timer(PATIENCE, told.kill)
        deadline.start()
        line = told.stdout.readline() if told.stdout else ""
        deadline.cancel()
        told.kill()
    must(bool(line), f"{container} was not restarted.")
