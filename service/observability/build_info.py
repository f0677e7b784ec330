"""The running build, as a metric whose value is always 1 and whose labels describe the build."""

import platform

from schema.migrations import head
from service import __version__
from service.observability.counters import Gauge


def build_info(database_url: str) -> Gauge:
    """The gauge with the build's labels. Of the URL it shows only the scheme."""
    labels = {
        "version": __version__,
        "migration": head(),
        "python": platform.python_version(),
        "database": database_url.partition(":")[0],
    }
    values = tuple(labels.values())
    return Gauge(
        "build_info",
        "The version of AllyGraph, its newest migration, Python, and the kind of database.",
        tuple(labels),
        "max",
        lambda: {values: 1},
    )
