"""Tests of the figures of real files run only if the files exist beside the project."""

from tests.commands import ROOT

DATA = ROOT.parent / "shared" / "data"

REAL = ["test_real_files.py", "test_real_panel.py"]
collect_ignore = [] if DATA.is_dir() else REAL
