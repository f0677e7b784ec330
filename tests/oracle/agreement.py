"""Compares the results of planner and oracle."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ask = Callable[[Path, str, dict[str, Any] | None, str | None, str], Any]


def as_text(answer: Any) -> str:
    """Compares as text, because Python holds 1 and true, and any order of keys, as equal."""
    return json.dumps(answer, ensure_ascii=False, indent=1)
