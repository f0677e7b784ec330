"""Hostile requests for files and citations: filters on everything, and the largest network."""

from tests.hostile.request import got

FILES = (
    got(
        "file: a panel of all years",
        "/panel.csv?unit=DIRECTED_DYAD_YEAR&datasets=rutte-2024&phases=DELIVERED&from=1&to=9999"
        "&covered=true",
    ),
    got("file: the largest network", "/network.gexf?first=5000"),
    got("cite: a condition on everything", "/cite?of=supports&note.contains=a&summary.contains=e"),
    got("cite: the data sets of all sources", "/cite?of=sources&title.contains=e&format=csl"),
)
