"""One profile of the compose file, under its own project name."""

import os
import socket
from pathlib import Path

from trial.engine import PATIENCE, CouldNotTry, docker, run

HERE = Path(__file__).resolve().parent.parent
NAME = f"allygraph-test-{os.getpid()}"
IMAGE = f"{NAME}:local"

# The services that run in each profile.
PROFILES = {
    "sqlite": ["sqlite"],
    "postgresql": ["database", "service"],
    "observability": ["database", "service", "prometheus", "grafana"],
    "rolling": ["database", "service", "service-2", "proxy"],
}


class Stack:
    """The containers of a profile."""

    def __init__(self, profile: str, settings: Path) -> None:
        """`settings` is a file of settings. Starts nothing yet."""
        self.profile = profile
        self.services = list(PROFILES[profile])
        self.serving = "sqlite" if profile == "sqlite" else "service"
        self.address = f"127.0.0.1:{free_port()}"
        self.prometheus = f"127.0.0.1:{free_port()}"
        self.proxy = f"127.0.0.1:{free_port()}"
        self._variables = {
            "SERVICE_IMAGE": IMAGE,
            "SERVICE_PUBLISH_AT": self.address,
            "PROMETHEUS_PUBLISH_AT": self.prometheus,
            "PROXY_PUBLISH_AT": self.proxy,
            "GRAFANA_PUBLISH_AT": f"127.0.0.1:{free_port()}",
            "SETTINGS_FILE": str(settings),
        }

    def compose(self, *arguments: str) -> str:
        """Runs `docker compose`, and returns its output."""
        return docker(*self._command(*arguments), **self._variables)

    def _command(self, *arguments: str) -> list[str]:
        options = ["--file", str(HERE / "compose.yaml"), "--project-name", NAME]
        # PostgreSQL is the default profile.
        profile = [] if self.profile == "postgresql" else ["--profile", self.profile]
        return ["compose", *options, *profile, *arguments]

    def up(self, *arguments: str) -> None:
        """Starts the stack, or the services among the arguments, and waits until it is healthy."""
        if self.services != PROFILES[self.profile] and not set(arguments) & set(self.services):
            arguments = (*arguments, *self.services)
        self.compose("up", "--wait", "--wait-timeout", str(PATIENCE), *arguments)

    def down(self) -> None:
        """Removes the containers and their volumes."""
        self.compose("down", "--volumes", "--remove-orphans")

    def make_anew(self) -> None:
        """Removes and recreates containers and networks; volumes stay."""
        self.compose("down")
        self.up()

    def running(self) -> set[str]:
        """Returns the running services."""
        return set(self.compose("ps", "--services", "--status", "running").split())

    def container(self, service: str) -> str:
        """Returns the id of the service's container."""
        return self.compose("ps", "--all", "--quiet", service)

    def inside(self, service: str, *command: str) -> str:
        """Runs a command in a running container, and returns its output."""
        return self.compose("exec", "--no-TTY", service, *command)

    def kill_inside(self, service: str) -> None:
        """Kills all processes in a container; this may include the command that does so."""
        command = self._command("exec", "--no-TTY", service, "sh", "-c", "kill -KILL -1")
        run(*command, **self._variables)

    def once(self, service: str, *arguments: str) -> str:
        """Runs a service that is not part of the stack to its end, and returns its output."""
        return self.compose("run", "--rm", "--no-TTY", "--no-deps", service, *arguments)

    def change_settings(self, line: str) -> None:
        """Adds a line to the file of settings."""
        with Path(self._variables["SETTINGS_FILE"]).open("a") as file:
            file.write(f"{line}\n")

    def change_image(self) -> None:
        """From now on the image is built with another label, as a new version is."""
        self._variables["IMAGE_REVISION"] = f"{self._variables.get('IMAGE_REVISION', '')}+1"

    def leave_out_grafana(self, reason: CouldNotTry) -> None:
        """Continues without it: nothing depends on it. Raises the reason if it is another image."""
        if "grafana" not in str(reason):
            raise reason
        self.services.remove("grafana")

    def images(self) -> list[str]:
        """Returns the images that the stack needs but does not build."""
        return [name for name in self.compose("config", "--images").split() if name != IMAGE]


def free_port() -> int:
    """Returns a free TCP port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
