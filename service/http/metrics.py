"""`/metrics`, for Prometheus: in its text format, or as OpenMetrics if the client accepts that."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response

from service.http.authorization import Authorization
from service.http.route import Route
from service.observability.counters import Counters
from service.observability.metrics import State, families


class _Once:
    """A collector with fixed metrics, for one scrape."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def metrics_routes(
    counters: Counters, state: Callable[[], State], authorization: Authorization
) -> Iterator[Route]:
    """The route `/metrics`, which requires the same access as the data."""

    async def metrics(request: Request) -> Response:
        await authorization.reader(request)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        registry = CollectorRegistry()
        registry.register(_Once(tuple(families(counters, state()))))
        headers = {"cache-control": "no-store"}
        return Response(encode(registry), headers=headers, media_type=media_type)

    yield Route("/metrics", metrics, methods=["GET"])
