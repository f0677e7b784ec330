"""The checks of a stack, made through the engine or in the container itself."""

import re
import time
from collections.abc import Callable

from trial.client import Client, ask
from trial.engine import PATIENCE, docker, must, say, started_again
from trial.stack import HERE, IMAGE, Stack

# Maximum size that the image may add to its base, in bytes.
_MOST = 200_000_000
_COMPILERS = "command -v cc gcc g++ clang rustc cargo go node npm || true"


def bases() -> dict[str, str]:
    """The base images, by the names of their build arguments."""
    text = (HERE / "Dockerfile").read_text()
    return dict(re.findall(r"^ARG (\w+_IMAGE)=(\S+)", text, re.MULTILINE))


def check_image() -> None:
    """Checks the image's size relative to its base, and that it contains no compiler."""
    base = bases()["PYTHON_IMAGE"]
    size, before = (
        int(docker("image", "inspect", "--format", "{{.Size}}", name)) for name in (IMAGE, base)
    )
    size_of_image = (
        f"The image adds {(size - before) / 1e6:.0f} MB to the {before / 1e6:.0f} MB of {base}"
    )
    must(size - before < _MOST, size_of_image)
    found = docker("run", "--rm", "--entrypoint", "sh", IMAGE, "-c", _COMPILERS)
    must(not found, f"The image contains {found}.")
    say(f"{size_of_image}, and no compiler")


def check_running(stack: Stack) -> None:
    """Checks that exactly the profile's services run."""
    running = stack.running()
    must(
        running == set(stack.services),
        f"Expected {sorted(stack.services)} to run, but found {sorted(running)}.",
    )


def check_confinement(stack: Stack) -> None:
    """Checks that each container is not root, has no capability, and cannot write to its root."""
    for service in stack.services:
        status = stack.inside(service, "cat", "/proc/self/status")
        fields = dict(re.findall(r"^(\w+):\s+(.*)$", status, re.MULTILINE))
        must(int(fields["CapEff"], 16) == 0, f"{service} has Linux capabilities.")
        must(fields["NoNewPrivs"] == "1", f"{service} may gain privileges.")
        must(fields["Uid"].split()[0] != "0", f"{service} runs as root.")
        mounts = stack.inside(service, "cat", "/proc/self/mounts").splitlines()
        (root,) = (line.split() for line in mounts if line.split()[1] == "/")
        must("ro" in root[3].split(","), f"{service} can write to its root file system.")
    if "service" in stack.services:
        search = "find / -name superuser -type f 2>/dev/null || :"
        found = stack.inside("service", "sh", "-c", search)
        must(not found.strip(), f"The service can read the superuser's password: {found}.")
        own = stack.inside("service", "ls", "/passwords").split()
        must(own == ["service"], f"The service can read the passwords {own}.")
    say(f"{stack.profile}: no root user, no capability, and a read-only root file system")


def crash(stack: Stack, service: str) -> None:
    """Kills all processes in a container; its restart policy must restart it."""
    container = stack.container(service)
    with started_again(container):
        stack.kill_inside(service)
    stack.up("--no-build", "--no-deps", "--no-recreate", service)
    must(stack.container(service) == container, f"{service} was recreated instead of restarted.")


def kill(stack: Stack, service: str) -> None:
    """Kills a container as an operator would: the engine leaves it down, and `up` restarts it."""
    docker("kill", stack.container(service))
    stack.up("--no-build")


def check_survival(
    stack: Stack, client: Client, service: str, end: Callable[[Stack, str], None]
) -> None:
    """Ends a container during writes; afterwards every acknowledged write must be there."""
    before = len(client.acknowledged)
    with client.writing():
        end(stack, service)
    client.write_at_last()
    check_data(client, f"the {end.__name__} of {service}")
    written = len(client.acknowledged) - before
    say(f"{stack.profile}: {service} is back after its {end.__name__}; {written} writes, none lost")


def check_data(client: Client, after: str) -> None:
    """Checks that every acknowledged write and the bundled data are there."""
    lost = client.acknowledged - client.found()
    must(not lost, f"Acknowledged writes are missing after {after}: {sorted(lost)}")
    must(client.who_supports_russia() > 0, f"The bundled data is missing after {after}.")


def check_scraping(stack: Stack) -> None:
    """Checks that Prometheus scrapes the service; waits for its next scrape."""
    path = "/api/v1/query?query=max_over_time(up%5B10m%5D)"
    deadline = time.monotonic() + PATIENCE
    while True:
        result = ask(stack.prometheus, path)["data"]["result"]
        if result and result[0]["value"][1] == "1":
            return say(f"{stack.profile}: Prometheus has scraped the metrics")
        must(time.monotonic() < deadline, f"Prometheus has scraped no metrics: {result}")
        time.sleep(1)


def check_farewell(stack: Stack) -> None:
    """Checks that each container shuts down cleanly within its time limit."""
    stack.compose("stop")
    for service in stack.services:
        ended = docker("inspect", "--format", "{{.State.ExitCode}}", stack.container(service))
        must(ended == "0", f"{service} exited with status {ended} on shutdown.")
    say(f"{stack.profile}: each container shut down cleanly")
