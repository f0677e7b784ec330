"""Puts the built pages into the wheel: git does not keep them, so the build makes them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesBuildHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        pages = load_builder(Path(self.root, "web", "build.py"))
        try:
            pages.build()
        except pages.BuildError as error:
            self.app.abort(f"web: {error}")


def load_builder(path: Path) -> ModuleType:
    # By its path: while a package is being built its source folder is not importable.
    spec = importlib.util.spec_from_file_location("allygraph_pages_build", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
