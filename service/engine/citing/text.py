"""Citations in plain text: a paragraph for the query, and one for each data set."""

from collections.abc import Iterator

from service.engine.citing.citations import Citation, CitedDataset


def text(citation: Citation) -> str:
    """Returns the text; each data set is cited as its publisher asks."""
    return "\n".join((_query(citation), *map(_dataset, citation.datasets)))


def _query(citation: Citation) -> str:
    year = f" ({citation.date[:4]})" if citation.date else ""
    date = f" of {citation.date}" if citation.date else ""
    where = f" {citation.address}" if citation.address else ""
    return (
        f"AllyGraph{year}: who supports whom, with what, and who says so. {citation.named}. "
        f"Revision {citation.revision}{date}.{where}\n"
    )


def _dataset(dataset: CitedDataset) -> str:
    return " ".join(_parts(dataset)) + "\n"


def _parts(dataset: CitedDataset) -> Iterator[str]:
    yield " ".join(dataset.citation.split())
    licence = dataset.licence.removesuffix(".")
    yield f"[{dataset.title}, version {dataset.version}. Licence: {licence}."
    yield f"{dataset.address or dataset.slug}]"
