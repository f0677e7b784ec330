"""The checks of a stack, made through the engine or in the container itself."""

import re
import threading
import time
from collections.abc import Callable

from trial.client import Client, Unanswered, ask
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


def check_backup(stack: Stack, client: Client) -> None:
    """Checks that a backup is made, and brings back the data of its time, without a build."""
    backup = "backup-sqlite" if stack.profile == "sqlite" else "backup"
    said = stack.once(backup)
    file = re.findall(r"allygraph-[^\s:]*\.(?:db|dump)", said)[-1]
    kept = set(client.acknowledged)
    client.write()
    (later,) = client.acknowledged - kept
    image = docker("image", "inspect", "--format", "{{.Id}}", IMAGE)
    stack.compose("stop", stack.serving)
    stack.once(backup, "restore", file)
    stack.up()
    must(
        client.found() >= kept and later not in client.found(),
        "The restored data is not that of the backup.",
    )
    must(
        image == docker("image", "inspect", "--format", "{{.Id}}", IMAGE),
        "Restoring has built the image.",
    )
    client.acknowledged.discard(later)
    say(f"{stack.profile}: backed up by a one-shot container, and restored without a build")


def check_upgrade(stack: Stack) -> None:
    """Checks that new settings, and then a new image, leave the database alone."""
    for change, options in (
        (lambda: stack.change_settings("ALLYGRAPH_LOG_LEVEL=warning"), ()),
        (stack.change_image, ("--build",)),
    ):
        before = {name: _start_of(stack, name) for name in stack.services}
        change()
        stack.up(*options)
        after = {name: _start_of(stack, name) for name in stack.services}
        changed = {name for name in stack.services if before[name] != after[name]}
        must(changed == {stack.serving}, f"An upgrade has restarted {sorted(changed)}.")
    say(f"{stack.profile}: settings and a new image restart {stack.serving} alone")


def check_rolling_upgrade(stack: Stack, client: Client) -> None:
    """Upgrades both services while clients read and write: every request is answered."""
    is_over = threading.Event()
    failures: list[Unanswered] = []
    through_proxy = client.at(stack.proxy)

    def go_on(do: Callable[[], object]) -> None:
        while not is_over.is_set():
            try:
                do()
            except Unanswered as failure:
                failures.append(failure)

    work = (through_proxy.write, through_proxy.who_supports_russia)
    threads = [threading.Thread(target=go_on, args=(do,)) for do in work]
    for thread in threads:
        thread.start()
    before = {name: _start_of(stack, name) for name in stack.services}
    stack.change_image()
    stack.compose("build", "service")
    for service in ("service", "service-2"):
        stack.up("--no-deps", service)
    after = {name: _start_of(stack, name) for name in stack.services}
    is_over.set()
    for thread in threads:
        thread.join()
    changed = {name for name in stack.services if before[name] != after[name]}
    must(changed == {"service", "service-2"}, f"The upgrade has restarted {sorted(changed)}.")
    must(not failures, f"{len(failures)} requests failed during the upgrade: {failures[:3]}")
    number = len(through_proxy.acknowledged)
    must(number > 0, "Nothing was written during the upgrade.")
    client.acknowledged |= through_proxy.acknowledged
    say(f"{stack.profile}: both services upgraded, {number} writes, no request refused")


def _start_of(stack: Stack, service: str) -> str:
    """The container, and when it was started."""
    shown = "{{.Id}} {{.State.StartedAt}}"
    return docker("inspect", "--format", shown, stack.container(service))


def check_scraping(stack: Stack) -> None:
    """Checks that Prometheus scrapes the service; waits for its next scrape."""
    path = "/api/v1/query?query=max_over_time(up%5B10m%5D)"
    deadline = time.monotonic() + PATIENCE
    while True:
        result = ask(stack.prometheus, path)["data"]["result"]
        if result and result[0]["value"][1] == "1":
            break
        must(time.monotonic() < deadline, f"Prometheus has scraped no metrics: {result}")
        time.sleep(1)
    groups = ask(stack.prometheus, "/api/v1/rules")["data"]["groups"]
    alerts = [rule["name"] for group in groups for rule in group["rules"]]
    must("AllyGraphDown" in alerts, f"Prometheus has loaded no alerts: {groups}")
    say(f"{stack.profile}: Prometheus has scraped the metrics, and loaded {len(alerts)} alerts")


def check_farewell(stack: Stack) -> None:
    """Checks that each container shuts down cleanly within its time limit."""
    stack.compose("stop")
    for service in stack.services:
        ended = docker("inspect", "--format", "{{.State.ExitCode}}", stack.container(service))
        must(ended == "0", f"{service} exited with status {ended} on shutdown.")
    say(f"{stack.profile}: each container shut down cleanly")
