"""A small data set, and what is in the tables after it was loaded."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, text

from seeds.source import CONCEPTS_IN_ORDER, Description, Entry
from tests.names import names

Records = dict[str, dict[str, dict[str, Any]]]

SMALL: Records = {
    "Actor": {
        "iran": {
            "name": "Iran",
            "kind": "STATE",
            "aliases": names("Persia"),
            "codes": [{"scheme": "COW", "value": "630"}],
        },
        "russia": {"name": "Russia", "kind": "STATE"},
        "analyst": {"name": "An analyst", "kind": "PERSON"},
    },
    "Membership": {
        "analyst russia": {"member": "analyst", "organisation": "russia", "relation": "PART"}
    },
    "Source": {"report": {"title": "A report", "url": "https://example.org/report"}},
    "Statement": {
        "on-drones": {
            "text": "Iran sends drones.",
            "speaker": "analyst",
            "source": "report",
            "credibility": "2",
            "mentions": ["iran", "russia"],
        }
    },
    "Support": {
        "drones": {
            "supporter": "iran",
            "recipient": "russia",
            "kind": "DRONES",
            "phase": "DELIVERED",
            "quantity": {"value": "46", "unit": "PIECES"},
        },
        "aircraft": {
            "supporter": "russia",
            "recipient": "iran",
            "kind": "AIRCRAFT",
            "phase": "PLEDGED",
            "inReturnFor": "drones",
        },
    },
    "Evidence": {"first": {"support": "drones", "statement": "on-drones", "stance": "ASSERTS"}},
}

TABLES = ["actor", "actor_alias", "actor_code", "membership", "source", "statement", "mention"]
TABLES += ["support", "evidence", "dataset", "seed_key", "revision"]


@dataclass
class Small:
    """A data set of the test, whose digest is its complete text."""

    records: Records
    slug: str = "small"
    version: str = "1.0"
    expected: dict[str, int] | None = None
    publisher: str | None = None

    def digest(self) -> str:
        return repr(self)

    def description(self) -> Description:
        counted = {CONCEPTS_IN_ORDER[name]: len(keys) for name, keys in self.records.items()}
        expected = counted if self.expected is None else self.expected
        file = f"{self.slug}/dataset.yaml"
        described = Description(self.slug, "Title", self.version, "CC0", "Cite", file)
        more = {"publisher": self.publisher} if self.publisher else {}
        return replace(described, expected=expected, more=more)

    def entries(self) -> list[Entry]:
        return [
            Entry(concept, key, fields, f"{self.slug}/{CONCEPTS_IN_ORDER[concept]}.yaml")
            for concept, records in self.records.items()
            for key, fields in records.items()
        ]


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(engine, f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES}
