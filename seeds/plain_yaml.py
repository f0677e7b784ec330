"""Reads YAML in which almost every scalar is text: `2024-10`, `12000` and `no` too.

Only true, false and null are special, so that no date, code or amount is converted. A key that
occurs twice is an error; YAML readers usually keep the last value.
"""

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

# The loader of libyaml is ten times as fast, if PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_Loader):  # type: ignore[misc]
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} is given twice", key.start_mark
                )
            seen.add(key.value)
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf")
)
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile("(?:null|~|)$"), ["n", "~", ""]
)


def read(path: Path) -> Any:
    """Returns the content of a file. Raises ValueError for invalid YAML."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_PlainLoader)  # noqa: S506 (it is a SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise ValueError(f"{line}{getattr(error, 'problem', error)}.") from None
