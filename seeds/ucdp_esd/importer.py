"""The UCDP External Support Dataset: its description, and its importer."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from seeds.files import Columns, only_file, open_table
from seeds.importing import sums
from seeds.importing.declared import About, MappingTable, Publisher, Reading
from seeds.importing.release import Release
from seeds.importing.report import Report
from seeds.ucdp_esd.categories import CATEGORIES, VERSION
from seeds.ucdp_esd.reading import ExternalSupport
from seeds.ucdp_esd.row import AMOUNTS, REQUIRED

ABOUT = About(
    slug="ucdp-esd",
    title="UCDP External Support Dataset",
    publisher=Publisher("ucdp", "Uppsala Conflict Data Program"),
    licence="CC BY 4.0 by our reading; check UCDP's page of downloads.",
    citation=(
        "Meier, Vanessa, Niklas Karlén, Therése Pettersson and Mihai Croicu (2023). External"
        " support in armed conflicts: Introducing the UCDP external support dataset (ESD),"
        " 1975-2017. Journal of Peace Research 60(3), 545-554."
    ),
    doi="10.1177/00223433221079864",
    url="https://ucdp.uu.se/downloads/",
    covers_from="1975",
    covers_until="2017",
    scope="Support that the parties to armed conflicts receive from states and other actors.",
    unit_of_observation="An actor, its opponent and a year.",
    mapping_version=VERSION,
    support_kinds=tuple(kind for kind, _ in CATEGORIES.values()),
    releases=(
        Release(
            "18.1",
            4_781,
            MappingProxyType(
                {
                    "supporter-category pairs": 16_830,
                    sums.years("CERTAIN"): 7_659,
                    sums.years("SOME_OF"): 3_864,
                    sums.supports("CERTAIN"): 3_093,
                    sums.supports("SOME_OF"): 2_549,
                }
            ),
        ),
    ),
)


class UcdpEsd:
    """Reads the actor-year file, as a workbook or as CSV."""

    name = "ucdp-esd"
    folder = "ucdp_esd"
    title = ABOUT.title
    notice = ""

    def abouts(self) -> Sequence[About]:
        """Returns the only data set."""
        return (ABOUT,)

    def mapping(self) -> Sequence[MappingTable]:
        """Returns the mapping of categories, of the other columns, and of attribution."""
        categories = MappingTable(
            "Categories",
            ("column", "category", "kind"),
            tuple((f"ext_{c}", text, kind) for c, (kind, text) in CATEGORIES.items()),
        )
        return (categories, _FIELDS, _ATTRIBUTION)

    def readings(self, files: Sequence[Path]) -> Sequence[Reading]:
        """Returns the reading of the only file, the actor-year file."""
        table = open_table(only_file(files, self.title), Columns(REQUIRED, amounts=AMOUNTS))
        version = ABOUT.releases[0].version
        return (ExternalSupport(ABOUT, table, Report(table.path.name), version),)


_FIELDS = MappingTable(
    "Fields",
    ("column", "field"),
    (
        ("actor_id", "recipient"),
        ("oppo_id", "against"),
        ("ext_id", "supporter, or candidates"),
        ("year", "startedOn, endedOn: the first and the last of consecutive years"),
        ("conflict_id, location, civil", "conflict, place"),
        ("id", "sourceKey: the first and the last row"),
        ("every row", "coverage of actor_id in that year, as recipient"),
        ("a row that is rejected", "no coverage of actor_id in that year"),
        ("no row of actor and opponent in the next year; 2017", "endCensored"),
        ("1975", "startCensored"),
    ),
)

_ATTRIBUTION = MappingTable(
    "Attribution of a category c",
    ("the counts of the row", "attribution"),
    (
        ("ext_count is 1, or ext_c_count = ext_count", "CERTAIN: each listed supporter"),
        ("0 < ext_c_count_s = ext_count_s", "CERTAIN: each listed state"),
        ("0 < ext_c_count_s < ext_count_s", "SOME_OF the states, at least ext_c_count_s"),
        ("ext_c_count_ns", "the same among supporters that are not states"),
    ),
)
