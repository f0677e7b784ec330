"""The alerts and the dashboard of `docker/watching/`, checked by Prometheus' own tool.

Debian's package `prometheus` has promtool; `.ci/run` installs it.
"""

import asyncio
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.failover.pair import primary_and_replica
from tests.failover.service import prepared, serving_both
from tests.http.editing import Editor
from tests.stores import copy_of

ROOT = Path(__file__).parents[2]
WATCHING = ROOT / "docker" / "watching"
RULES = [
    rule
    for group in yaml.safe_load((WATCHING / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
TESTS = Path(__file__).parent / "alerts_test.yml"
PANELS: list[dict[str, Any]] = json.loads((WATCHING / "dashboards" / "allygraph.json").read_text())[
    "panels"
]
# The value that Grafana inserts: an interval that suits the resolution.
QUERIES = [
    target["expr"].replace("$__rate_interval", "1m")
    for panel in PANELS
    for target in panel["targets"]
]
NAMES = re.compile(r"\b(?:allygraph|process)_\w+")
USED = {name for rule in RULES for name in NAMES.findall(rule["expr"])}
USED |= {name for query in QUERIES for name in NAMES.findall(query)}


def promtool(folder: Path, *arguments: str) -> None:
    ended = subprocess.run(
        ["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_configuration_is_valid() -> None:
    promtool(WATCHING, "check", "config", "prometheus.yml")


def test_each_alert_fires_beyond_its_limit_and_not_before(tmp_path: Path) -> None:
    shutil.copy(WATCHING / "alerts.yml", tmp_path)
    shutil.copy(TESTS, tmp_path)
    promtool(tmp_path, "test", "rules", TESTS.name)


def test_each_alert_has_a_test() -> None:
    tested = {
        rule["alertname"]
        for test in yaml.safe_load(TESTS.read_text())["tests"]
        for rule in test["alert_rule_test"]
        if "exp_alerts" in rule
    }
    assert tested == {rule["alert"] for rule in RULES}


def test_each_query_of_the_dashboard_is_valid(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": expr} for number, expr in enumerate(QUERIES)]
    content = {"groups": [{"name": "dashboard", "rules": rules}]}
    (tmp_path / "rules.yml").write_text(yaml.safe_dump(content))
    promtool(tmp_path, "check", "rules", "rules.yml")


def scraped_names(text: str) -> set[str]:
    return {
        sample.name for family in text_string_to_metric_families(text) for sample in family.samples
    }


def test_every_metric_of_an_alert_or_a_panel_exists(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    """SQLite reports its disk; a primary with a replica and a standby reports all other metrics."""
    editor = Editor(copy_of(seeded, tmp_path), runner, backup_folder=str(tmp_path))
    editor.send_as({}, "GET", "/api/v1/actors/russia")
    known = scraped_names(editor.send_as({}, "GET", "/metrics").text)
    editor.close()
    with primary_and_replica() as (primary, replica):
        prepared(primary)
        with serving_both(primary, replica) as service:
            end = time.monotonic() + 30
            # The first checks of the hosts and of the standby take a moment.
            while USED - known and time.monotonic() < end:
                known |= scraped_names(httpx.get(f"{service.url}/metrics").text)
    assert not USED - known


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
def test_panels_do_not_overlap(panel: dict[str, Any]) -> None:
    def cells(other: dict[str, Any]) -> set[tuple[int, int]]:
        at = other["gridPos"]
        return {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }

    assert all(x < 24 for x, _ in cells(panel))
    for other in PANELS:
        assert other is panel or not cells(panel) & cells(other)
