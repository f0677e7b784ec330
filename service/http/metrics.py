"""`/metrics`, for Prometheus: in its own text, or as OpenMetrics where that is accepted."""

from collections.abc import Awaitable, Callable, Iterable

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.exposition import choose_encoder

from service.auth.callers import Caller
from service.observability.counters import Counters
from service.observability.metrics import State, families

Reader = Callable[[Request], Awaitable[Caller]]


class _Once:
    """Numbers that are told this once."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def metrics_routes(measures: Counters, state: Callable[[], State], reader: Reader) -> APIRouter:
    """One address. `reader` says who asks, or refuses: the metrics are read as the data is."""
    router = APIRouter()

    @router.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
    async def metrics(request: Request) -> Response:
        await reader(request)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        registry = CollectorRegistry()
        registry.register(_Once(tuple(families(measures, state()))))
        headers = {"cache-control": "no-store"}
        return Response(encode(registry), headers=headers, media_type=media_type)

    return router
