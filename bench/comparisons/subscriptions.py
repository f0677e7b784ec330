"""The comparison of subscriptions: the memory of a thousand, and the delay of an event to all.

The subscribers run in a process of their own. Each round has a new server, since a process does not
always return memory to the system.
"""

import resource
import time
from collections.abc import Sequence
from functools import partial
from statistics import median

import orjson

from bench import servers, workloads
from bench.errors import BenchError
from bench.figures import Finding, Outcome, Target
from bench.generated import copies
from bench.servers import ALLYGRAPH, Server
from bench.session import Session
from bench.subscriber_process import SubscriberProcess, subscribed

SUBSCRIBERS = 1_000
WRITES = 5
MEMORY = Target(50, "MiB", at_most=True)
DELAY = Target(1, "s", at_most=True)

_GROWTH = f"memory of {SUBSCRIBERS:,} subscribers"
_DELIVERY = f"delivery to {SUBSCRIBERS:,} subscribers"

# For files and sockets other than those of the subscribers.
_OTHER_FILES = 200
# Memory has settled when it changes by less than this for this number of seconds.
_CALM_MIB = 0.5
_CALM_SECONDS = 2.0
_SETTLED_WITHIN_SECONDS = 60
_POLL_SECONDS = 0.1


def compare(session: Session) -> Outcome:
    """Measures a server before and after they have subscribed, then during some writes."""
    _allow_files(SUBSCRIBERS + _OTHER_FILES)
    bodies = workloads.writes(session.database).bodies[:WRITES]
    figures = session.rounds.run("subscribers", partial(_round, session, bodies))
    findings = [
        Finding(_GROWTH, figures[_GROWTH], MEMORY),
        Finding(_DELIVERY, figures[_DELIVERY], DELAY),
    ]
    return Outcome([], findings)


def _round(session: Session, bodies: Sequence[bytes]) -> dict[str, float]:
    with (
        copies.copied(session.database) as copy,
        servers.running(ALLYGRAPH, copy.database) as server,
    ):
        before = _settled_memory(server)
        with subscribed(server, SUBSCRIBERS) as subscribers:
            growth = _settled_memory(server) - before
            delays = [_delay(server, body, copy.token, subscribers) for body in bodies]
    return {_GROWTH: growth, _DELIVERY: median(delays)}


def _delay(server: Server, body: bytes, token: str, subscribers: SubscriberProcess) -> float:
    """From the response to a write until the last subscriber has its event, in seconds."""
    status, response = server.send(body, token)
    responded_at = time.monotonic()
    created = orjson.loads(response)["data"]["createSupport"]
    if status != 200 or created["errors"]:
        raise BenchError(f"{server.name} returns {status} {response[:200]!r} for a write.")
    return subscribers.received_by_all_at(created["revision"]["number"]) - responded_at


def _settled_memory(server: Server) -> float:
    """The memory of the server once it has settled, in MiB."""
    deadline = time.monotonic() + _SETTLED_WITHIN_SECONDS
    memory, calm_since = server.memory(), time.monotonic()
    while time.monotonic() - calm_since < _CALM_SECONDS:
        if time.monotonic() > deadline:
            raise BenchError(f"The memory of {server.name} does not settle.")
        time.sleep(_POLL_SECONDS)
        if abs(server.memory() - memory) > _CALM_MIB:
            memory, calm_since = server.memory(), time.monotonic()
    return server.memory()


def _allow_files(count: int) -> None:
    """Raises the limit on open files, which the server and the subscribers inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        raise BenchError(
            f"The limit on open files is {hard}, and {count} are needed: raise it (`ulimit -Hn`), "
            "or omit this comparison with --only."
        )
    if soft != resource.RLIM_INFINITY and soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
