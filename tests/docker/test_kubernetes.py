"""`docker/kubernetes.yaml`: valid by Kubernetes' own schemas, and it fits the service."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from service.settings import PREFIX, read_settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker" / "kubernetes.yaml").read_text()
RESOURCES: dict[str, dict[str, Any]] = {each["kind"]: each for each in yaml.safe_load_all(TEXT)}
DEPLOYMENT = RESOURCES["Deployment"]["spec"]
PODS = {kind: RESOURCES[kind]["spec"]["template"]["spec"] for kind in ("Job", "Deployment")}
SETTINGS: dict[str, str] = RESOURCES["ConfigMap"]["data"]
# The oldest and the newest version of Kubernetes whose users may apply it.
VERSIONS = ("1.30", kubernetes_validate.latest_version())


def containers() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for pod in PODS.values():
        for container in (*pod.get("initContainers", ()), *pod["containers"]):
            yield pod, container


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", RESOURCES)
def test_each_resource_is_valid_and_has_no_field_that_there_is_not(kind: str, version: str) -> None:
    kubernetes_validate.validate(RESOURCES[kind], version, strict=True)


def test_the_check_finds_a_field_that_there_is_not() -> None:
    wrong = json.loads(json.dumps(RESOURCES["Deployment"]))
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


def test_its_settings_are_settings_of_the_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("p@ss")
    given = SETTINGS | {f"{PREFIX}DATABASE_PASSWORD_FILE": str(tmp_path / "password")}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert read_settings().database_url == "postgresql://allygraph:p%40ss@postgresql/allygraph"


def test_variables_of_kubernetes_are_taken_for_no_settings() -> None:
    """A service named `allygraph` would set ALLYGRAPH_SERVICE_HOST, an unknown setting."""
    assert all(pod["enableServiceLinks"] is False for pod in PODS.values())


def test_no_secret_stands_in_it() -> None:
    assert "Secret" not in RESOURCES
    folder = Path(SETTINGS[f"{PREFIX}DATABASE_PASSWORD_FILE"]).parent
    for pod, container in containers():
        assert {"name": "secrets", "mountPath": str(folder), "readOnly": True} in container[
            "volumeMounts"
        ]
        assert {"name": "secrets", "secret": {"secretName": "allygraph-database"}} in pod["volumes"]
        assert "env" not in container


def test_every_container_is_confined() -> None:
    for pod, container in containers():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert "memory" in container["resources"]["limits"]


def test_an_upgrade_takes_no_replica_away_before_a_new_one_serves() -> None:
    assert DEPLOYMENT["replicas"] == 2
    assert DEPLOYMENT["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    (service,) = PODS["Deployment"]["containers"]
    assert service["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert service["livenessProbe"]["httpGet"]["path"] == "/healthz"
    (waits,) = PODS["Deployment"]["initContainers"]
    assert (waits["args"], service["args"]) == (["migrate", "--check"], ["serve"])
    # Beyond the time that the service takes to stop.
    drain = int(SETTINGS[f"{PREFIX}DRAIN_SECONDS"])
    assert PODS["Deployment"]["terminationGracePeriodSeconds"] >= 15 + 5 + drain
    probe = service["readinessProbe"]
    failures = probe.get("failureThreshold", 3)
    assert drain > probe["periodSeconds"] * failures


def test_the_service_and_the_budget_choose_the_pods_of_the_deployment_alone() -> None:
    labels = DEPLOYMENT["template"]["metadata"]["labels"]
    assert RESOURCES["Service"]["spec"]["selector"] == labels
    assert RESOURCES["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert RESOURCES["Job"]["spec"]["template"]["metadata"]["labels"] != labels
    (port,) = RESOURCES["Service"]["spec"]["ports"]
    (service,) = PODS["Deployment"]["containers"]
    assert port["targetPort"] in {each["name"] for each in service["ports"]}
