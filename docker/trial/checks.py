"""What must hold of a stack, each asked of the engine or of the container itself."""

import re
import time
from collections.abc import Callable

from trial.client import Client, ask
from trial.engine import PATIENCE, docker, must, say, started_again
from trial.stack import HERE, IMAGE, Stack

# What the image may add to its base, in bytes.
_MOST = 200_000_000
_COMPILERS = "command -v cc gcc g++ clang rustc cargo go node npm || true"


def bases() -> dict[str, str]:
    """The images that ours is made from, by the names of their arguments."""
    text = (HERE / "Dockerfile").read_text()
    return dict(re.findall(r"^ARG (\w+_IMAGE)=(\S+)", text, re.MULTILINE))


def check_image() -> None:
    """Its size beside its base's, and that nothing in it compiles."""
    base = bases()["PYTHON_IMAGE"]
    size, before = (
        int(docker("image", "inspect", "--format", "{{.Size}}", name)) for name in (IMAGE, base)
    )
    told = f"The image adds {(size - before) / 1e6:.0f} MB to the {before / 1e6:.0f} MB of {base}"
    must(size - before < _MOST, told)
    found = docker("run", "--rm", "--entrypoint", "sh", IMAGE, "-c", _COMPILERS)
    must(not found, f"In the image is {found}.")
    say(f"{told}, and no compiler")


def check_running(stack: Stack) -> None:
    """What belongs to the profile runs, and nothing else."""
    running = stack.running()
    must(running == set(stack.services), f"These run: {sorted(running)}")


def check_confinement(stack: Stack) -> None:
    """A container is not root, has no capability, and can't write to what it is made of."""
    for service in stack.services:
        status = stack.inside(service, "cat", "/proc/self/status")
        fields = dict(re.findall(r"^(\w+):\s+(.*)$", status, re.MULTILINE))
        must(int(fields["CapEff"], 16) == 0, f"{service} has capabilities.")
        must(fields["NoNewPrivs"] == "1", f"{service} may gain privileges.")
        must(fields["Uid"].split()[0] != "0", f"{service} is root.")
        mounts = stack.inside(service, "cat", "/proc/self/mounts").splitlines()
        (root,) = (line.split() for line in mounts if line.split()[1] == "/")
        must("ro" in root[3].split(","), f"{service} can write to its root.")
    say(f"{stack.profile}: no root, no capability, and a root that can't be written to")


def crash(stack: Stack, service: str) -> None:
    """All that runs in it dies at once; its restart policy has to bring it back."""
    container = stack.container(service)
    with started_again(container):
        stack.kill_inside(service)
    stack.up("--no-build", "--no-deps", "--no-recreate", service)
    must(stack.container(service) == container, f"{service} was not restarted but made anew.")


def kill(stack: Stack, service: str) -> None:
    """Killed by the operator, whom the engine does not contradict; `up` brings it back."""
    docker("kill", stack.container(service))
    stack.up("--no-build")


def check_survival(
    stack: Stack, client: Client, service: str, end: Callable[[Stack, str], None]
) -> None:
    """Ends a container while somebody writes; then everything acknowledged is there."""
    before = len(client.acknowledged)
    with client.writing():
        end(stack, service)
    client.write_at_last()
    check_data(client, f"the {end.__name__} of {service}")
    written = len(client.acknowledged) - before
    say(f"{stack.profile}: {service} is back after its {end.__name__}; {written} writes, none lost")


def check_data(client: Client, after: str) -> None:
    """All that was acknowledged is there, and so is the bundled data."""
    lost = client.acknowledged - client.found()
    must(not lost, f"After {after} acknowledged writes are lost: {sorted(lost)}")
    must(client.who_supports_russia() > 0, f"After {after} the bundled data is not there.")


def check_scraping(stack: Stack) -> None:
    """Prometheus reaches the service; it asks at its own times."""
    path = "/api/v1/query?query=max_over_time(up%5B10m%5D)"
    deadline = time.monotonic() + PATIENCE
    while True:
        result = ask(stack.prometheus, path)["data"]["result"]
        if result and result[0]["value"][1] == "1":
            return say(f"{stack.profile}: Prometheus has read the metrics")
        must(time.monotonic() < deadline, f"Prometheus has read no metrics: {result}")
        time.sleep(1)


def check_farewell(stack: Stack) -> None:
    """Told to stop, each container ends by itself, in time."""
    stack.compose("stop")
    for service in stack.services:
        ended = docker("inspect", "--format", "{{.State.ExitCode}}", stack.container(service))
        must(ended == "0", f"{service} ended with {ended} when it was told to stop.")
    say(f"{stack.profile}: each container ended in peace when it was told to stop")
