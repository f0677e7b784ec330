"""Checks, before anything is measured, that all services return the same results."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import orjson

from bench.errors import BenchError

# Takes the body of a request; returns the status and the body of the response.
Send = Callable[[bytes], tuple[int, bytes]]

MAX_REQUESTS = 50


class Requests(Protocol):
    """What is sent to each service."""

    @property
    def name(self) -> str:
        """The name in messages."""

    @property
    def bodies(self) -> Sequence[bytes]:
        """The bodies of the requests."""


def check(workload: Requests, reference: str, services: Mapping[str, Send]) -> None:
    """Raises BenchError with the first difference from the results of `reference`.

    Each service gets each body once, since it may be a write.
    """
    others = {name: send for name, send in services.items() if name != reference}
    for body in workload.bodies[:MAX_REQUESTS]:
        expected = _result(reference, services[reference], body)
        for name, send in others.items():
            for difference in differences(expected, _result(name, send, body), "data"):
                raise BenchError(
                    f"{workload.name}: {name} differs from {reference} at {difference}"
                )


def differences(expected: Any, found: Any, path: str) -> Iterator[str]:
    """Where two parsed results differ, including the order of their keys."""
    if isinstance(expected, dict) and isinstance(found, dict):
        if list(expected) != list(found):
            yield f"{path}: keys {list(found)}, not {list(expected)}."
        else:
            for key, value in expected.items():
                yield from differences(value, found[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{path}: {len(found)} items, not {len(expected)}."
        for index, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from differences(one, other, f"{path}.{index}")
    elif expected != found:
        yield f"{path}: {found!r}, not {expected!r}."


def _result(name: str, send: Send, body: bytes) -> Any:
    status, response = send(body)
    parsed = orjson.loads(response)
    if status != 200 or parsed.get("errors") or not parsed.get("data"):
        raise BenchError(f"{name} returns {status} {response[:200]!r} for {body[:500]!r}")
    return parsed["data"]
