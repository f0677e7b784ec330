"""A run of schemathesis: what it asks for, and what it has found."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

from tests.contract.checks import CHECKS

_EXAMPLES = os.environ.get("ALLYGRAPH_TEST_CONTRACT_EXAMPLES")
# How many random requests each operation gets; with the variable, new ones each time.
EXAMPLES = int(_EXAMPLES or 4)
IS_LONG = _EXAMPLES is not None
_PHASES = ("examples", "coverage", "fuzzing", "stateful")
_SHOWN = 20


@schemathesis.serializer("application/x-ndjson")
def one_line(_: Any, value: Any) -> bytes:
    """A body of lines is one line here: its schema is that of each."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def last_line(_: Any, response: Any) -> Any:
    """The schema of such a response is that of each line; the last one is its summary."""
    return json.loads(response.content.splitlines()[-1])


def configured(phases: Sequence[str], token: str | None, mode: str = "all") -> SchemathesisConfig:
    """`phases` and `mode` as schemathesis names them: "positive" is what is valid."""
    return SchemathesisConfig.from_dict(
        {
            **({} if IS_LONG else {"seed": 1}),
            **({"headers": {"Authorization": f"Bearer {token}"}} if token else {}),
            "continue-on-failure": True,
            "request-timeout": 60,
            "generation": {"max-examples": EXAMPLES, "database": "none", "mode": mode},
            "phases": {name: {"enabled": name in phases} for name in _PHASES},
            "checks": CHECKS,
        }
    )


@dataclass
class Run:
    """What was asked and what was answered. `answers`: how often each status came."""

    failures: list[str] = field(default_factory=list)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def succeeded(self) -> set[str]:
        """The operations that have answered well at least once."""
        return {operation for operation, status in self.answers if 200 <= status < 300}

    def __str__(self) -> str:
        """In an order that puts the most telling first."""
        asked = f"{self.answers.total()} requests, {len(self.failures)} failures"
        return "\n\n".join([asked, *self.failures[:_SHOWN]])


def run(schema: BaseSchema) -> Run:
    """Asks all that is to be asked, to the end."""
    found = Run()
    for event in from_schema(schema).execute():
        match event:
            case events.ScenarioFinished(recorder=recorder):
                for case, interaction in recorder.interactions.items():
                    operation = recorder.cases[case].value.operation.label
                    if interaction.response is not None:
                        found.answers[operation, interaction.response.status_code] += 1
                found.failures += _failures(recorder.checks)
            case events.NonFatalError(label=label, value=error):
                found.failures.append(f"{label}: {error!r}")
            case events.FatalError(exception=error):
                raise error
    return found


def _failures(checks: Mapping[str, list[Any]]) -> Iterator[str]:
    for check in (each for of_case in checks.values() for each in of_case):
        if check.failure_info:
            failure = check.failure_info
            yield f"{check.name}: {failure.failure}\n{failure.code_sample}"
