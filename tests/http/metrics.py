"""Reads `/metrics` with Prometheus' own parser."""

from prometheus_client.parser import text_string_to_metric_families

Labels = tuple[str, ...]


def told(text: str, name: str) -> dict[Labels, float]:
    """Returns the samples of that name by the values of their labels, sorted by label name."""
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def requests(text: str) -> dict[Labels, float]:
    """Returns the number of operations, by operation and outcome."""
    return told(text, "allygraph_requests_total")
