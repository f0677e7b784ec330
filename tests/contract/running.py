"""Runs schemathesis, and collects its findings."""

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
# The number of random requests for each operation; if the variable is set, new ones in each run.
EXAMPLES = int(_EXAMPLES or 4)
IS_LONG = _EXAMPLES is not None
_PHASES = ("examples", "coverage", "fuzzing", "stateful")
_SHOWN = 20


@schemathesis.serializer("application/x-ndjson")
def one_line(_: Any, value: Any) -> bytes:
    """Writes a body of JSON lines as one line, because its schema is that of a line."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def last_line(_: Any, response: Any) -> Any:
    """Reads the last line, the summary, because the schema of such a response is that of a line."""
    return json.loads(response.content.splitlines()[-1])


def configured(phases: Sequence[str], token: str | None, mode: str = "all") -> SchemathesisConfig:
    """Returns the configuration. `phases` and `mode` are those of schemathesis."""
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
    """The results of a run. `answers`: how often each operation returned each status."""

    failures: list[str] = field(default_factory=list)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def succeeded(self) -> set[str]:
        """Returns the operations that have succeeded at least once."""
        return {operation for operation, status in self.answers if 200 <= status < 300}

    def __str__(self) -> str:
        """Returns the counts, and then the first failures."""
        asked = f"{self.answers.total()} requests, {len(self.failures)} failures"
        return "\n\n".join([asked, *self.failures[:_SHOWN]])


def run(schema: BaseSchema) -> Run:
    """Runs all scenarios, and returns the results."""
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
