"""Before anything is measured: do all give the same answer?"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from bench.errors import BenchError
from bench.works import Work

# A body in, the status and the body of the answer out.
Ask = Callable[[bytes], tuple[int, bytes]]

MOST_QUESTIONS = 50


def check(work: Work, reference: str, asked: Mapping[str, Ask]) -> None:
    """Raises an error that names the first difference from what `reference` answers.

    Each is asked once with each body: what is asked may be a write.
    """
    others = {name: ask for name, ask in asked.items() if name != reference}
    for body in work.bodies[:MOST_QUESTIONS]:
        expected = _answer(reference, asked[reference], body)
        for name, ask in others.items():
            for difference in differences(expected, _answer(name, ask, body), "data"):
                raise BenchError(
                    f"{work.name}: {name} answers otherwise than {reference} at {difference}"
                )


def differences(expected: Any, found: Any, path: str) -> Iterator[str]:
    """Where two parsed answers differ, the order of their keys included."""
    if isinstance(expected, dict) and isinstance(found, dict):
        if list(expected) != list(found):
            yield f"{path}: keys {list(found)}, not {list(expected)}."
        else:
            for key, value in expected.items():
                yield from differences(value, found[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{path}: {len(found)} items, not {len(expected)}."
        for place, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from differences(one, other, f"{path}.{place}")
    elif expected != found:
        yield f"{path}: {found!r}, not {expected!r}."


def _answer(name: str, ask: Ask, body: bytes) -> Any:
    status, answer = ask(body)
    parsed = orjson.loads(answer)
    if status != 200 or parsed.get("errors") or not parsed.get("data"):
        raise BenchError(f"{name} answers {status} {answer[:200]!r} to {body[:500]!r}")
    return parsed["data"]
