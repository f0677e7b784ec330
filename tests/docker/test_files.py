"""Checks the container files without a container engine. `docker/test` runs them."""

import re
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text()
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())[
    "services"
]


@pytest.mark.parametrize("name", SERVICES)
def test_container_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["init"] is True
    assert "mem_limit" in service
    assert "pids_limit" in service
    assert not {"privileged", "cap_add", "devices", "pid"} & set(service)
    assert service.get("network_mode", "none") == "none"


@pytest.mark.parametrize("name", SERVICES)
def test_container_is_published_to_this_computer_alone_unless_one_says_otherwise(name: str) -> None:
    for port in SERVICES[name].get("ports", ()):
        assert re.fullmatch(r"\$\{\w+:-127\.0\.0\.1:\d+\}:\d+", port)


def test_no_secret_stands_in_an_environment() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or name.endswith("_FILE")
            assert not re.search(r"://[^@/]*:[^@/]*@", str(value))


def test_what_builds_the_wheel_is_named_whole() -> None:
    needed = {Requirement(text) for text in requires("hatchling") or ()}
    names = {need.name for need in needed if not need.marker or need.marker.evaluate()}
    (named,) = re.findall(r"\^\(([\w|-]+)\)==", DOCKERFILE)
    assert set(named.split("|")) == names | {"hatchling"}


def test_no_base_is_bound_to_one_kind_of_processor() -> None:
    assert not re.search(r"amd64|x86|arm64|aarch64", DOCKERFILE)
