"""Prints the results as two tables."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

from bench.figures import Figures, Finding, Outcome, Rate


def show(console: Console, outcome: Outcome) -> None:
    """Prints the rates, then each figure that has a target."""
    if outcome.rates:
        console.print("\nRequests per second: the median of the rounds (minimum to maximum)")
        console.print(_rates(outcome.rates))
    console.print("Figures with targets: the median of the rounds (minimum to maximum)")
    console.print(_findings(outcome.findings))


def _rates(rates: Iterable[Rate]) -> Table:
    table = _table("workload", "service", "requests/s")
    for rate in rates:
        table.add_row(rate.workload, rate.service, _text(rate.figures, decimals=0))
    return table


def _findings(findings: Iterable[Finding]) -> Table:
    table = _table("figure", "value", "target", "")
    for finding in findings:
        verdict = "reached" if finding.reached else "not reached"
        value = _text(finding.figures, decimals=2)
        table.add_row(finding.name, value, str(finding.target), verdict)
    return table


def _table(*columns: str) -> Table:
    # Narrow enough for 80 columns, the width of a pipe or a log.
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column)
    return table


def _text(figures: Figures, *, decimals: int) -> str:
    numbers = (figures.median, min(figures.values), max(figures.values))
    middle, minimum, maximum = (f"{number:,.{decimals}f}" for number in numbers)
    return middle if len(figures.values) == 1 else f"{middle} ({minimum} to {maximum})"
