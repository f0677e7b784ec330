"""What AllyGraph takes, with its default settings: memory, and time to start."""

from bench import servers, works, wrk
from bench.figures import Figures, Finding, Found, Target
from bench.servers import ALLYGRAPH
from bench.session import Session

MEMORY = Target(150, "MiB", at_most=True)
START = Target(1.5, "s", at_most=True)
_WORKS = (works.page, works.lookup, works.page_as_of, works.pages_of_every_size)


def memory(session: Session) -> Found:
    """The most memory it had in use while it was asked for everything, until its cache was full."""
    server = session.server(ALLYGRAPH)
    for work_of in _WORKS:
        work = work_of(session.database)
        wrk.rate(wrk.Load(work.name, server.url, work.bodies), session.rounds.seconds)
    return Found([], [Finding("peak memory", Figures((server.peak_memory(),)), MEMORY)])


def start(session: Session) -> Found:
    """From the start of a process to its first answer."""
    times = []
    for _ in range(session.rounds.count):
        with servers.running(ALLYGRAPH, session.database) as server:
            times.append(server.seconds_to_first_answer)
    return Found([], [Finding("start to first answer", Figures(tuple(times)), START)])
