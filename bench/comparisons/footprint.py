"""The memory and the start-up time of AllyGraph with its default settings."""

from bench import servers, workloads, wrk
from bench.figures import Figures, Finding, Outcome, Target
from bench.servers import ALLYGRAPH
from bench.session import Session

MEMORY = Target(150, "MiB", at_most=True)
START = Target(1.5, "s", at_most=True)
_WORKLOADS = (workloads.page, workloads.lookup, workloads.page_as_of, workloads.pages_of_every_size)


def memory(session: Session) -> Outcome:
    """The peak memory under all read workloads, with a full cache."""
    server = session.server(ALLYGRAPH)
    for workload_of in _WORKLOADS:
        workload = workload_of(session.database)
        wrk.rate(wrk.Load(workload.name, server.url, workload.bodies), session.rounds.seconds)
    return Outcome([], [Finding("peak memory", Figures((server.peak_memory(),)), MEMORY)])


def start(session: Session) -> Outcome:
    """The time from the start of a process to its first response."""
    times = []
    for _ in range(session.rounds.count):
        with servers.running(ALLYGRAPH, session.database) as server:
            times.append(server.seconds_to_first_response)
    return Outcome([], [Finding("start to first response", Figures(tuple(times)), START)])
