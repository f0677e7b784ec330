"""Formats an importer's mapping as Markdown, for `--mapping` and for the documentation."""

from collections.abc import Iterator, Sequence

from seeds.importing.declared import About, Importer, MappingTable


def mapping_text(importer: Importer) -> str:
    """Returns the notice, the data sets and the mapping tables as Markdown."""
    parts = [importer.notice] if importer.notice else []
    parts += [_about(about) for about in importer.abouts()]
    parts += [_table(table) for table in importer.mapping()]
    return "\n\n".join(parts) + "\n"


def _about(about: About) -> str:
    rows = [
        ("data set", f"`{about.slug}`"),
        ("publisher", about.publisher.name),
        ("known releases", ", ".join(_releases(about))),
        ("DOI", about.doi),
        ("licence", about.licence),
        ("citation", about.citation),
        ("coverage", "-".join(part for part in (about.covers_from, about.covers_until) if part)),
        ("scope", about.scope),
        ("unit of observation", about.unit_of_observation),
        ("part of", f"`{about.part_of}`" if about.part_of else None),
        ("version of the mapping", about.mapping_version),
    ]
    known = [(name, value) for name, value in rows if value]
    return f"**{about.title}**\n\n{_grid(('what', 'value'), known)}"


def _releases(about: About) -> Iterator[str]:
    for release in about.releases:
        yield f"{release.version} ({release.rows:,} rows)"


def _table(table: MappingTable) -> str:
    return f"{table.title}:\n\n{_grid(table.headings, table.rows)}"


def _grid(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)
