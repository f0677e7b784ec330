"""Writes random operations: refused ones are undone, and the others are one revision."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from random import Random
from typing import Any

from sqlalchemy import select

from schema.concepts import CONCEPTS
from service.errors import RefusedWrite
from service.writing import operations
from service.writing.former_names import IDS
from service.writing.transaction import Transaction
from tests.names import names
from tests.writing.world import World, undone_if_refused

Given = dict[str, Any]

TEXTS = ("Iran", "iran", "A claim", "Київ", 'a "quote"', "100 %", "line\nbreak")
DATES = ("2023", "2024-02", "2024-02-29", "2024-10", None)
WRITTEN = ("Actor", "Source", "Statement", "Support", "Evidence", "Membership")


class Scribe:
    """Writes random revisions."""

    def __init__(self, random: Random, world: World) -> None:
        self._random = random
        self._world = world

    def write(self) -> None:
        """Writes one request of one to five operations. Refused ones change nothing."""
        works = [self._attempt for _ in range(self._random.randint(1, 5))]
        with suppress(RefusedWrite):
            self._world.do(*works)

    def _attempt(self, tx: Transaction) -> None:
        ways: tuple[Callable[[Transaction], object], ...] = (
            *(self._create, self._create, self._record, self._update, self._update, self._update),
            *(self._delete, self._delete, self._merge, self._come_and_go, self._change_and_undo),
        )
        with suppress(RefusedWrite), undone_if_refused(tx):
            self._random.choice(ways)(tx)

    def _create(self, tx: Transaction) -> operations.Written:
        concept = self._random.choice(WRITTEN)
        return operations.create(tx, CONCEPTS[concept], self._given(tx, concept))

    def _record(self, tx: Transaction) -> None:
        support = {"new": self._given(tx, "Support")}
        support["new"].pop("evidence")
        claims = [{"support": support, "stance": "ASSERTS"}]
        operations.record_statement(tx, {**self._given(tx, "Statement"), "claims": claims})

    def _update(self, tx: Transaction) -> None:
        concept = self._random.choice(WRITTEN)
        given = self._given(tx, concept)
        given.pop("evidence", None)
        names = self._random.sample(list(given), self._random.randint(1, len(given)))
        changes = {name: given[name] for name in names}
        operations.update(tx, CONCEPTS[concept], self._key(tx, concept), changes, None)

    def _delete(self, tx: Transaction) -> None:
        concept = self._random.choice(WRITTEN)
        operations.delete(tx, CONCEPTS[concept], self._key(tx, concept), None)

    def _merge(self, tx: Transaction) -> None:
        others = [self._reference(tx, "Actor") for _ in range(self._random.randint(1, 2))]
        given = {"keep": self._reference(tx, "Actor"), "merge": others}
        operations.merge_actors(tx, {**given, "allowDifferentKinds": self._random.random() < 0.8})

    def _come_and_go(self, tx: Transaction) -> None:
        written = self._create(tx)
        operations.delete(tx, written.concept, written.id, None)

    def _change_and_undo(self, tx: Transaction) -> None:
        key, actors = self._key(tx, "Actor"), CONCEPTS["Actor"].table
        (name,) = tx.connection.execute(select(actors.c.name).where(actors.c.id == key)).one()
        for each in ("Another name", name):
            operations.update(tx, CONCEPTS["Actor"], key, {"name": each}, None)

    def _key(self, tx: Transaction, concept: str) -> int:
        """Returns the key of an existing record; without records, an unused key."""
        id = CONCEPTS[concept].table.c.id
        keys = tx.connection.scalars(select(id).order_by(id)).all()
        return self._random.choice(keys) if keys else 999

    def _reference(self, tx: Transaction, concept: str) -> Given:
        """Returns a reference to a record, sometimes by the former id of a merged actor."""
        is_one = IDS.c.record_type == concept.lower()
        former = tx.connection.scalars(select(IDS.c.id).where(is_one).order_by(IDS.c.id)).all()
        if former and self._random.random() < 0.2:
            return {"id": f"{concept.lower()}_{self._random.choice(former)}"}
        return {"id": f"{concept.lower()}_{self._key(tx, concept)}"}

    def _given(self, tx: Transaction, concept: str) -> Given:
        makers: Mapping[str, Callable[[Transaction], Given]] = {
            "Actor": self._actor,
            "Source": self._source,
            "Statement": self._statement,
            "Support": self._support,
            "Evidence": self._evidence,
            "Membership": self._membership,
        }
        return makers[concept](tx)

    def _actor(self, _: Transaction) -> Given:
        return {
            "slug": f"actor-{self._random.randint(1, 40)}",
            "name": self._text(),
            "kind": self._random.choice(("STATE", "PERSON", "ORGANISATION")),
            "description": self._random.choice((None, self._text())),
            "aliases": names(*self._random.sample(TEXTS, self._random.randint(0, 3))),
            "codes": self._random.sample(
                [{"scheme": "COW", "value": str(number)} for number in range(1, 9)],
                self._random.randint(0, 2),
            ),
        }

    def _source(self, tx: Transaction) -> Given:
        return {
            "title": self._text(),
            "url": f"https://example.org/{self._random.randint(1, 9)}",
            "publisher": self._random.choice((None, self._reference(tx, "Actor"))),
            "publishedOn": self._random.choice(DATES),
            "reliability": self._random.choice((None, "A", "F")),
        }

    def _statement(self, tx: Transaction) -> Given:
        return {
            "text": self._text(),
            "quoted": self._random.choice((True, False)),
            "speaker": self._reference(tx, "Actor"),
            "onBehalfOf": self._random.choice((None, self._reference(tx, "Actor"))),
            "source": self._reference(tx, "Source"),
            "saidOn": self._random.choice(DATES),
            "credibility": self._random.choice((None, 1, 6)),
            "mentions": [self._reference(tx, "Actor") for _ in range(self._random.randint(0, 3))],
        }

    def _support(self, tx: Transaction) -> Given:
        return {
            "supporter": self._reference(tx, "Actor"),
            "recipient": self._reference(tx, "Actor"),
            "against": self._random.choice((None, self._reference(tx, "Actor"))),
            "kind": self._random.choice(("DRONES", "FUNDING", "TROOPS")),
            "phase": self._random.choice(("PLEDGED", "DELIVERED")),
            "startedOn": self._random.choice(DATES),
            "summary": self._random.choice((None, self._text())),
            "quantity": self._quantity(),
            "evidence": [{"statement": self._reference(tx, "Statement"), "stance": "DENIES"}],
        }

    def _evidence(self, tx: Transaction) -> Given:
        return {
            "support": self._reference(tx, "Support"),
            "statement": self._reference(tx, "Statement"),
            "stance": self._random.choice(("ASSERTS", "DENIES")),
            "quantity": self._quantity(),
        }

    def _membership(self, tx: Transaction) -> Given:
        return {
            "member": self._reference(tx, "Actor"),
            "organisation": self._reference(tx, "Actor"),
            "relation": self._random.choice(("MEMBER", "PART")),
            "role": self._random.choice((None, self._text())),
        }

    def _quantity(self) -> Given | None:
        value = self._random.choice(("9", "10", "12.50", None))
        return {"value": value, "unit": "PIECES", "estimated": False} if value else None

    def _text(self) -> str:
        return self._random.choice(TEXTS)
