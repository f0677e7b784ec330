"""Traces are sent only to a collector that OpenTelemetry's variables name."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from service.observability.telemetry import open_telemetry
from tests.commands import ROOT, Ended, serving
from tests.stores import url_of

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
NAMED = {"query": 'query Named { actor(by: {slug: "russia"}) { name } }'}


class Collector(ThreadingHTTPServer):
    """A collector that receives OTLP over HTTP."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.batches: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def spans(self) -> list[Any]:
        """Returns every received span, with the name of its service."""
        return [
            span
            for batch in self.batches
            for resource in ExportTraceServiceRequest.FromString(batch).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Collector)
        assert self.path == "/v1/traces"
        self.server.batches.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Logs nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as collector:
        thread = Thread(target=collector.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield collector
        collector.shutdown()
        thread.join()


def attributes(span: Any) -> dict[str, str]:
    return {each.key: each.value.string_value for each in span.attributes}


@contextmanager
def asking(path: Path, ended: list[Ended], **settings: str) -> Iterator[httpx.Client]:
    """Yields a client of a server, which then exits with success and has sent its traces."""
    url = url_of(path)
    with serving("--database-url", url, ALLYGRAPH_LOG_FORMAT="json", **settings) as server:
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport, base_url=server.url, timeout=20) as client:
            yield client
        server.process.terminate()
        ended.append(server.end())
    assert ended[0].status == 0


def test_a_request_and_its_stages_go_on_with_the_trace_of_their_caller(
    seeded: Path, collector: Collector
) -> None:
    ended: list[Ended] = []
    with asking(seeded, ended, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url) as client:
        headers = {"traceparent": f"00-{TRACE}-{CALLER}-01", "x-request-id": "abc"}
        client.post("/graphql", json=NAMED, headers=headers)
    (request, *_) = [span for span in collector.spans() if span.name == "POST /graphql"]
    within = [each for each in collector.spans() if each.parent_span_id == request.span_id]
    assert (request.trace_id.hex(), request.parent_span_id.hex()) == (TRACE, CALLER)
    assert attributes(request)["graphql.operation.name"] == "Named"
    assert attributes(request)["allygraph.request_id"] == "abc"
    assert [stage.name for stage in within] == ["parse", "plan", "sql", "encode"]
    for stage in within:
        assert stage.trace_id == request.trace_id
        assert request.start_time_unix_nano <= stage.start_time_unix_nano
        assert stage.start_time_unix_nano <= stage.end_time_unix_nano <= request.end_time_unix_nano


def test_rest_is_traced_by_its_route_and_nothing_of_a_question_is_sent(
    seeded: Path, collector: Collector
) -> None:
    ended: list[Ended] = []
    with asking(
        seeded, ended, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=f"{collector.url}/v1/traces"
    ) as c:
        c.get("/api/v1/actors?name=Secret")
        c.post("/graphql", json={"query": 'query Named { actor(by: {slug: "secret"}) { name } }'})
    names = [span.name for span in collector.spans()]
    assert {"GET /api/v1/actors", "POST /graphql"} <= set(names)
    assert not any(b"ecret" in batch for batch in collector.batches)


def test_a_caller_that_takes_no_sample_is_not_traced(seeded: Path, collector: Collector) -> None:
    ended: list[Ended] = []
    with asking(seeded, ended, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url) as client:
        headers = {"traceparent": f"00-{TRACE}-{CALLER}-00"}
        answer = client.post("/graphql", json=NAMED, headers=headers)
    assert answer.json() == {"data": {"actor": {"name": "Russia"}}}
    assert collector.spans() == []


def test_an_unreachable_collector_is_logged_and_delays_no_client(
    seeded: Path,
) -> None:
    ended: list[Ended] = []
    endpoint = "http://127.0.0.1:9"
    with asking(seeded, ended, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint) as client:
        assert client.post("/graphql", json=NAMED).status_code == 200
    assert all(line.startswith("{") for line in ended[0].err.splitlines())


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"},
        {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"},
        {"OTEL_TRACES_EXPORTER": "zipkin"},
        {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
    ],
    ids=["not asked for", "none", "disabled", "another exporter", "another protocol"],
)
def test_there_are_no_traces(environment: dict[str, str]) -> None:
    assert open_telemetry(environment) is None


UNTOUCHED = """
import sys
from service.app import create_app
from service.server.serve import run
from service.observability.telemetry import open_telemetry
assert open_telemetry({}) is None
print([name for name in sys.modules if name.startswith("opentelemetry.sdk")])
"""


def test_tracing_is_imported_only_if_it_is_turned_on() -> None:
    command = [sys.executable, "-c", UNTOUCHED]
    ended = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    assert ended.stdout == "[]\n"
