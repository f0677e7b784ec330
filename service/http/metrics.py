"""`/metrics`, for Prometheus: in its own text, or as OpenMetrics where that is accepted."""

from collections.abc import Callable, Iterable

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.exposition import choose_encoder

from service.http.authorization import Authorization
from service.observability.counters import Counters
from service.observability.metrics import State, families


class _Once:
    """A collector for one scrape."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def metrics_routes(
    counters: Counters, state: Callable[[], State], authorization: Authorization
) -> APIRouter:
    """One address. The metrics need the same access as the data."""
    router = APIRouter()

    @router.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
    async def metrics(request: Request) -> Response:
        await authorization.reader(request)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        registry = CollectorRegistry()
        registry.register(_Once(tuple(families(counters, state()))))
        headers = {"cache-control": "no-store"}
        return Response(encode(registry), headers=headers, media_type=media_type)

    return router
