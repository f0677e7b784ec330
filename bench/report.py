"""What was found, as two plain tables."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

from bench.figures import Figures, Finding, Found, Rate


def show(console: Console, found: Found) -> None:
    """Prints the rates, then each figure that has a target beside it."""
    if found.rates:
        console.print("\nRequests a second: the median of the rounds (least to most)")
        console.print(_rates(found.rates))
    console.print("AllyGraph against its targets: the median of the rounds (least to most)")
    console.print(_findings(found.findings))


def _rates(rates: Iterable[Rate]) -> Table:
    table = _table("work", "who", "requests/s")
    for rate in rates:
        table.add_row(rate.work, rate.name, _text(rate.figures, decimals=0))
    return table


def _findings(findings: Iterable[Finding]) -> Table:
    table = _table("what", "found", "target", "")
    for finding in findings:
        verdict = "reached" if finding.reached else "not reached"
        found = _text(finding.figures, decimals=2)
        table.add_row(finding.name, found, str(finding.target), verdict)
    return table


def _table(*columns: str) -> Table:
    # Narrow enough for 80 columns, which is what a pipe or a log gets.
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column)
    return table


def _text(figures: Figures, *, decimals: int) -> str:
    numbers = (figures.median, min(figures.values), max(figures.values))
    middle, least, most = (f"{number:,.{decimals}f}" for number in numbers)
    return middle if len(figures.values) == 1 else f"{middle} ({least} to {most})"
