"""The JSON text of mutation payloads, joined from the texts that were read back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import orjson

from schema.rules import Problem
from service import plan
from service.planning.payloads import DeletedId, Payload, PayloadMember, Problems, Read


@dataclass
class Outcome:
    """The outcome of one root field: the record's id and the parts read back, or the problems."""

    id: str | None = None
    read: dict[str, bytes | None] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def payload_text(payload: Payload, outcome: Outcome) -> bytes:
    """Returns the JSON text of the payload of one root field."""
    return object_text((member.key, _member(member, outcome)) for member in payload.members)


def _member(member: PayloadMember, outcome: Outcome) -> bytes:
    match member:
        case plan.TypeName(name=name):
            return orjson.dumps(name)
        case DeletedId():
            return orjson.dumps(outcome.id)
        case Read(key=key):
            return outcome.read.get(key) or b"null"
        case Problems():
            return b"[%b]" % b",".join(_problem(member, each) for each in outcome.problems)


def _problem(problems: Problems, problem: Problem) -> bytes:
    facts = {"path": problem.path, "code": problem.code, "message": problem.message}
    return orjson.dumps(
        {
            fact.key: fact.name if isinstance(fact, plan.TypeName) else facts[fact.name]
            for fact in problems.facts
        }
    )


def object_text(pairs: Iterable[tuple[str, bytes]]) -> bytes:
    """Returns a JSON object with these keys, in order."""
    return b"{%b}" % b",".join(b"%b:%b" % (orjson.dumps(key), text) for key, text in pairs)
