"""Random lines of a bulk request: most are valid, and some are invalid in every possible way."""

from random import Random
from typing import Any

from tests.names import names

Line = dict[str, Any]

_TEXTS = ("Iran", "A claim", "Київ", 'a "quote"', "line\nbreak")
_DATES = (*("2023", "2024-02", "2024-10~", None) * 6, "2024-02-30")


class RandomLines:
    """Generates lines for the database of `tests.writing.world`."""

    def __init__(self, random: Random) -> None:
        self._random = random
        # The refs of lines so far, by the type of their records.
        self._refs: dict[str, list[str]] = {}

    def lines(self, count: int) -> list[Line]:
        return [self._line(number) for number in range(count)]

    def _line(self, number: int) -> Line:
        verb = self._random.choices(("create", "update", "delete"), (7, 2, 1))[0]
        kinds = ("actor", "source", "statement", "support", "evidence", "membership")
        kind = self._random.choices(kinds, (3, 1, 2, 3, 2, 1))[0]
        if verb == "delete":
            return {"delete": kind, "by": self._reference(kind)}
        given = getattr(self, f"_{kind}")()
        if self._chance(0.01):
            given["colour"] = "red"
        if verb == "update":
            for part in ("evidence", "claims"):
                given.pop(part, None)
            names = self._random.sample(list(given), self._random.randint(1, len(given)))
            changes = {name: given[name] for name in names}
            seen = {"ifRevision": self._random.choice((0, 1, 7))} if self._chance(0.2) else {}
            return {"update": kind, "by": self._reference(kind), **seen, **changes}
        if self._chance(0.6):
            ref = f"{kind}-{self._random.randint(1, 200)}"
            self._refs.setdefault(kind, []).append(ref)
            given = {"ref": ref, **given}
        return {"create": kind, **given}

    def _chance(self, part: float) -> bool:
        return self._random.random() < part

    def _reference(self, kind: str, depth: int = 0) -> Any:
        ways = [self._id(kind)]
        if self._refs.get(kind) and self._chance(0.5):
            return {"ref": self._random.choice(self._refs[kind])}
        if kind == "actor":
            slug = self._random.choice(("iran", "russia", "north-korea", "analyst"))
            number = self._random.randint(1, 40)
            rare = [f"actor-{number}", {"code": self._code()}] if self._chance(0.2) else []
            ways += [slug, slug, slug, {"slug": slug}, *rare]
        if kind == "source":
            ways.append({"url": "https://example.org/report"})
        if kind in ("actor", "source", "statement") and depth < 2 and self._chance(0.3):
            return {"new": getattr(self, f"_{kind}")(depth + 1)}
        return self._random.choice(ways)

    def _id(self, kind: str) -> Any:
        # On PostgreSQL a refused write uses a key, so the keys of new records cannot be predicted.
        keys = (9_999,) if kind == "membership" else (*[1] * 30, 9_999, 10**30)
        id = f"{kind}_{self._random.choice(keys)}"
        return self._random.choice((*[id] * 10, *[{"id": id}] * 10, {"id": "actor_1"}))

    def _code(self) -> Any:
        return {"scheme": "COW", "value": str(self._random.choice((630, *range(1, 30))))}

    def _text(self) -> str:
        return self._random.choice(_TEXTS)

    def _actor(self, _: int = 0) -> Line:
        return {
            "slug": f"actor-{self._random.randint(1, 40)}",
            "name": self._text(),
            "kind": self._random.choice((*["STATE"] * 20, "PERSON", "LAKE")),
            "aliases": names(*self._random.sample(_TEXTS, self._random.randint(0, 2))),
            "codes": [self._code()] if self._chance(0.3) else [],
        }

    def _source(self, depth: int = 0) -> Line:
        return {
            "title": self._text(),
            "url": f"https://example.org/{self._random.randint(1, 60)}",
            "publisher": self._reference("actor", depth) if self._chance(0.5) else None,
            "publishedOn": self._random.choice(_DATES),
        }

    def _statement(self, depth: int = 0) -> Line:
        made: Line = {
            "text": self._text(),
            "speaker": self._reference("actor", depth),
            "source": self._reference("source", depth),
            "saidOn": self._random.choice(_DATES),
            "mentions": [self._reference("actor", 2) for _ in range(self._random.randint(0, 2))],
        }
        if depth == 0 and self._chance(0.3):
            made["claims"] = [{"support": {"new": self._bare_support()}, "stance": "ASSERTS"}]
        return made

    def _bare_support(self) -> Line:
        return {
            "supporter": self._reference("actor"),
            "recipient": self._reference("actor"),
            "kind": self._random.choice(("DRONES", "FUNDING")),
            "phase": self._random.choice(("PLEDGED", "DELIVERED")),
            "startedOn": self._random.choice(_DATES),
            "quantity": {"value": "12.50", "unit": "PIECES"} if self._chance(0.5) else None,
            "inReturnFor": self._reference("support") if self._chance(0.1) else None,
        }

    def _support(self) -> Line:
        made = self._bare_support()
        if self._chance(0.8):
            made["evidence"] = [
                {"statement": self._reference("statement", 1), "stance": "DENIES"}
                for _ in range(self._random.randint(1, 2))
            ]
        return made

    def _evidence(self) -> Line:
        return {
            "support": self._reference("support"),
            "statement": self._reference("statement", 1),
            "stance": self._random.choice(("ASSERTS", "DENIES")),
            "note": self._text(),
        }

    def _membership(self) -> Line:
        return {
            "member": self._reference("actor", 2),
            "organisation": self._reference("actor", 2),
            "relation": self._random.choice(("MEMBER", "PART")),
        }
