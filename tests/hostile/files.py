"""Hostile requests for files and citations: whole tables with all that a row can have."""

from tests.hostile.request import got

# Columns of every record that a support leads to.
_WIDE = ",".join(
    f"{edge}.{field}"
    for edge in ("supporter", "recipient", "against")
    for field in ("name", "description", "aliases", "codes")
)

FILES = (
    got("file: all supports as CSV, wide", f"/supports.csv?fields=id,{_WIDE}"),
    got("file: all supports as Parquet, wide", f"/supports.parquet?fields=id,{_WIDE}"),
    got("file: all supports with their evidence", "/supports.jsonl?fields=id,evidence,assessment"),
    got("file: totals by everything", "/totals.csv?groupBy=SUPPORTER,RECIPIENT,KIND,YEAR,UNIT"),
    got("file: the largest network", "/network.gexf?first=5000"),
    got("cite: a condition on everything", "/cite?of=supports&note.contains=a&summary.contains=e"),
    got("cite: the data sets of all sources", "/cite?of=sources&title.contains=e&format=csl"),
)
