"""How the answers of planner and oracle are compared."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ask = Callable[[Path, str, dict[str, Any] | None, str | None, str], Any]


def as_text(answer: Any) -> str:
    """Text tells apart what Python holds equal: 1 from true, and one order of keys from another."""
    return json.dumps(answer, ensure_ascii=False, indent=1)
