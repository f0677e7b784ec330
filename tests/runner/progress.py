"""A pytest plugin that reports progress to `tests/__main__.py`: one JSON object a line.

`{"total": 12}` once the tests are collected, then `{"finished": NODE_ID, "seconds": 0.1, "failed":
false}` after each test. The dots that pytest prints are left out; its summary stays.
"""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any, TextIO

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--progress-file", type=Path, help="Report progress to this file.")


def pytest_configure(config: pytest.Config) -> None:
    if path := config.getoption("progress_file"):
        config.pluginmanager.register(Reporter(path.open("w", buffering=1, encoding="utf-8")))


class Reporter:
    """Writes one line for each test, with the time of its set-up and its clean-up."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._seconds = 0.0
        self._failed = False

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._write(total=len(session.items))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._seconds += report.duration
        self._failed |= report.failed

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self._write(finished=nodeid, seconds=self._seconds, failed=self._failed)
        self._seconds, self._failed = 0.0, False

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self) -> Generator[None, Any, Any]:
        category, _, word = yield
        return category, "", word

    def pytest_unconfigure(self) -> None:
        self._file.close()

    def _write(self, **event: Any) -> None:
        self._file.write(json.dumps(event) + "\n")
