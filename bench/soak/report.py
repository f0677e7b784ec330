"""Prints the results of a soak: requests, samples of the server, and the verdict."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from bench.soak import growth
from bench.soak.growth import Change
from bench.soak.load import Load
from bench.soak.samples import Sample, percentile

_SHOWN = 20
_ROWS = 10


def show(console: Console, load: Load) -> bool:
    """Prints the results. Returns whether all checks pass."""
    samples = load.sampler.samples
    console.print(_latencies(load))
    console.print(_samples(samples))
    verdicts = list(_verdicts(load))
    for text, is_ok in verdicts:
        console.print(f"{'ok  ' if is_ok else 'FAIL'}  {text}", markup=False, soft_wrap=True)
    for failure in load.failures[:_SHOWN]:
        console.print(f"      {failure}", markup=False, soft_wrap=True)
    return all(is_ok for _, is_ok in verdicts)


def _latencies(load: Load) -> Table:
    table = _table("request", "responses", "median ms", "99 % ms", "slowest ms")
    for kind, seconds in sorted(load.sampler.kinds.items()):
        figures = (percentile(seconds, 50), percentile(seconds, 99), max(seconds))
        table.add_row(kind, f"{len(seconds):,}", *(f"{1000 * each:,.1f}" for each in figures))
    return table


def _samples(samples: list[Sample]) -> Table:
    """Some of the samples, evenly spread."""
    table = _table("second", "responses/s", "median ms", "slowest ms", "memory MiB", "files")
    step = max(1, len(samples) // _ROWS)
    for sample in samples[step - 1 :: step]:
        times = (f"{1000 * each:,.1f}" for each in (sample.median, sample.slowest))
        memory, files = f"{sample.memory:,.1f}", str(sample.files)
        table.add_row(f"{sample.second:.0f}", f"{sample.responses:,}", *times, memory, files)
    return table


def _verdicts(load: Load) -> Iterator[tuple[str, bool]]:
    yield f"{len(load.failures)} failures", not load.failures
    yield from _verdicts_on_growth(load.sampler.samples)
    written = load.ledger.newest - load.known.revision
    yield f"{load.ledger.writes:,} writes acknowledged, all present", written == load.ledger.writes
    received = min(load.received) - load.known.revision
    yield f"{len(load.received)} followers, each with {received:,} revisions", received == written


def _verdicts_on_growth(samples: Sequence[Sample]) -> Iterator[tuple[str, bool]]:
    if not growth.is_long_enough(samples):
        seconds = growth.MIN_SECONDS
        yield f"memory and open files are not judged in less than {seconds} seconds", True
        return
    memory, files = growth.memory(samples), growth.files(samples)
    an_hour = growth.memory_an_hour(samples)
    yield f"memory: {_text(memory, ' MiB')}; {an_hour:+.1f} MiB per hour", not memory.is_too_much
    yield f"open files: {_text(files, '')}", not files.is_too_much


def _text(change: Change, unit: str) -> str:
    by = f"{change.growth:+.1f}, at most {change.allowed:.1f} more"
    return f"{change.first:.1f}{unit} after the warm-up, {change.last:.1f}{unit} at the end ({by})"


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table
