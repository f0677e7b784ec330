"""ATOP: the description of the data set, and the importer of its directed dyad-years."""

from collections.abc import Sequence
from pathlib import Path

from seeds.atop.mapping import PACTS, VERSION
from seeds.atop.reading import DYAD_YEARS, DyadYears
from seeds.files import only_file, open_table
from seeds.importing.declared import About, MappingTable, Publisher, Reading
from seeds.importing.release import Release
from seeds.importing.report import Report

ABOUT = About(
    slug="atop",
    title="Alliance Treaty Obligations and Provisions: directed dyad-years",
    publisher=Publisher("atop-project", "Alliance Treaty Obligations and Provisions Project"),
    licence="None stated; cite the publisher.",
    citation=(
        "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long"
        " (2002). Alliance Treaty Obligations and Provisions, 1815-1944. International"
        " Interactions 28, 237-260."
    ),
    doi="10.1080/03050620213653",
    url="http://www.atopdata.org/",
    covers_from="1815",
    covers_until="2018",
    scope="Obligations of states towards each other in alliance treaties.",
    unit_of_observation="A state, another state and a year.",
    mapping_version=VERSION,
    actor_kinds=("STATE",),
    support_kinds=tuple(PACTS.values()),
    releases=(Release("5.1", 273_296),),
)


class Atop:
    """Reads the file of directed dyad-years.

    COW's own alliance data is not supported: its file of directed dyads is not directed.
    """

    name = "atop"
    folder = "atop"
    title = ABOUT.title
    notice = ""

    def abouts(self) -> Sequence[About]:
        """Returns the only data set."""
        return (ABOUT,)

    def mapping(self) -> Sequence[MappingTable]:
        """Returns the mapping of obligations to kinds, and of the other columns."""
        return (MappingTable("Obligations", ("column", "kind"), tuple(PACTS.items())), _FIELDS)

    def readings(self, files: Sequence[Path]) -> Sequence[Reading]:
        """Returns the reading of the only file, which has the directed dyad-years."""
        table = open_table(only_file(files, self.title), DYAD_YEARS)
        return (DyadYears(ABOUT, table, Report(table.path.name), ABOUT.releases[0].version),)


_FIELDS = MappingTable(
    "Fields",
    ("column", "field"),
    (
        ("ccode1", "supporter: the state that is bound"),
        ("ccode2", "recipient: the state towards which it is bound"),
        ("year", "startedOn, endedOn: the first and the last of consecutive years"),
        ("the row of ccode2 and ccode1 has the same obligation", "mutual"),
        ("both rows exist", "coverage of both states in that year, with any counterpart"),
        ("one row is missing or rejected", "in that year, coverage of both states only"),
        ("", "with states of which both rows exist, each as the counterpart"),
        ("1815; 2018", "startCensored; endCensored"),
    ),
)
