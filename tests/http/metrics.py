"""What `/metrics` says, read by Prometheus' own parser."""

from prometheus_client.parser import text_string_to_metric_families

Labels = tuple[str, ...]


def told(text: str, name: str) -> dict[Labels, float]:
    """Every number of that name by the values of its labels, in the order of the labels' names."""
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def requests(text: str) -> dict[Labels, float]:
    """How many there were, by operation and outcome."""
    return told(text, "allygraph_requests_total")
