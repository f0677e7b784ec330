"""The SIPRI Arms Transfers Database: its description, and the importer of its trade register."""

import re
from collections.abc import Sequence
from pathlib import Path

from seeds.files import Table, only_file, open_table
from seeds.importing.declared import About, MappingTable, Publisher, Reading
from seeds.importing.report import Report
from seeds.sipri.mapping import CATEGORIES, DRONE_DESCRIPTIONS, DRONE_DESIGNATIONS, VERSION
from seeds.sipri.reading import REGISTER, TradeRegister

ABOUT = About(
    slug="sipri-arms-transfers",
    title="SIPRI Arms Transfers Database: trade register",
    publisher=Publisher("sipri", "Stockholm International Peace Research Institute"),
    licence="SIPRI's terms of use: no redistribution without permission.",
    citation="SIPRI Arms Transfers Database, Stockholm International Peace Research Institute.",
    url="https://www.sipri.org/databases/armstransfers",
    scope="Deliveries of major arms, as far as the downloaded file selects them.",
    unit_of_observation="What was delivered of an order in a year.",
    mapping_version=VERSION,
    support_kinds=tuple(sorted({*CATEGORIES.values(), "DRONES"})),
)

# A line above the header has the date on which the file was generated.
_MADE = re.compile(r"(?:generated|downloaded|created|updated)\s*(?:on|:)?\s*(.+)", re.IGNORECASE)
_VERSION_MOST = 50


class Sipri:
    """Reads the trade register as CSV, row by row."""

    name = "sipri"
    folder = "sipri"
    title = ABOUT.title
    notice = (
        "SIPRI allows no redistribution of its data. This import reads your own download; do not"
        " publish a database that contains it without SIPRI's permission."
    )

    def abouts(self) -> Sequence[About]:
        """Returns the only data set."""
        return (ABOUT,)

    def mapping(self) -> Sequence[MappingTable]:
        """Returns the mapping of categories, of drones, and of the other columns."""
        return (
            MappingTable("Armament categories", ("category", "kind"), tuple(CATEGORIES.items())),
            MappingTable(
                "Drones, whatever their category",
                ("column", "words", "kind"),
                (
                    ("Description", ", ".join(DRONE_DESCRIPTIONS), "DRONES"),
                    ("Designation", ", ".join(DRONE_DESIGNATIONS), "DRONES"),
                ),
            ),
            _FIELDS,
        )

    def readings(self, files: Sequence[Path]) -> Sequence[Reading]:
        """Returns the reading of the only file, the trade register."""
        table = open_table(only_file(files, self.title), REGISTER)
        return (TradeRegister(ABOUT, table, Report(table.path.name), _version(table)),)


def _version(table: Table) -> str:
    for line in table.above:
        found = _MADE.search(line)
        if found:
            return found[1].strip(" .")[:_VERSION_MOST]
    return "not stated"


_FIELDS = MappingTable(
    "Other columns",
    ("column", "field"),
    (
        ("SIPRI AT Database ID, Delivery year", "sourceKey"),
        ("Supplier, Recipient", "supporter, recipient; unknown ones are unknown"),
        ("Order date", "agreedOn, with ~ for an estimate"),
        ("Delivery year", "startedOn, endedOn, with ~ for an estimate"),
        ("Numbers delivered", "quantity in pieces, estimated or not"),
        ("TIV delivery values", "worth in TIV, as the file gives it"),
        ("SIPRI estimate, TIV deal unit", "not imported: TIV of one piece"),
        ("Armament category, Description", "sourceCategory"),
        ("Designation, Status, Local production", "summary"),
    ),
)
