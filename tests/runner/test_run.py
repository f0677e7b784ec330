"""A run reports each test that ends, and its output has the failures."""

from pathlib import Path
from time import sleep

from tests.runner.run import Run

TESTS = """
import pytest

def test_passes():
    pass

def test_fails():
    assert 1 == 2, "One is not two."

@pytest.mark.skip(reason="There is no browser.")
def test_is_skipped():
    pass
"""


def finished(folder: Path, *arguments: str) -> Run:
    (folder / "test_example.py").write_text(TESTS)
    (folder / "pytest.ini").touch()
    run = Run("sqlite", folder, [str(folder), *arguments], {})
    run.start()
    while run.is_running():
        sleep(0.05)
    run.read()
    return run


def test_every_test_is_reported(tmp_path: Path) -> None:
    run = finished(tmp_path)
    names = {result.test.partition("::")[2]: result.failed for result in run.results}
    assert names == {"test_passes": False, "test_fails": True, "test_is_skipped": False}
    assert run.total == 3


def test_failures_and_reasons_are_in_the_output(tmp_path: Path) -> None:
    run = finished(tmp_path, "-ra")
    assert run.status() == 1
    assert "One is not two." in run.output()
    assert "There is no browser." in run.output()
    assert "1 failed, 1 passed, 1 skipped" in run.output()


def test_error_before_the_first_test_is_in_the_output(tmp_path: Path) -> None:
    run = finished(tmp_path, "--no-such-option")
    assert run.status() != 0
    assert run.results == []
    assert "--no-such-option" in run.output()
