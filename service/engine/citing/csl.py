"""Citations as CSL-JSON, the input of reference managers and citation processors."""

from typing import Any

import orjson

from service.engine.citing.citations import Citation, CitedDataset

Json = dict[str, Any]


def csl(citation: Citation) -> str:
    """Returns a JSON list: an item for the query, and one for each of its data sets."""
    items = [_query(citation), *map(_dataset, citation.datasets)]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode() + "\n"


def _query(citation: Citation) -> Json:
    return _known(
        id=citation.key,
        type="dataset",
        title=citation.title,
        author=[{"literal": "AllyGraph"}],
        issued=_issued(citation.date, citation.date),
        version=f"Revision {citation.revision}",
        URL=citation.address,
    )


def _dataset(dataset: CitedDataset) -> Json:
    return _known(
        id=dataset.slug,
        type="dataset",
        title=dataset.title,
        author=dataset.publisher and [{"literal": dataset.publisher}],
        issued=_issued(*(dataset.published or ("", ""))),
        version=dataset.version,
        DOI=dataset.doi,
        URL=dataset.url,
        # CSL has no variable for a licence.
        note=f"Licence: {dataset.licence}",
    )


def _issued(first: str, last: str) -> Json | None:
    """Returns the date as far as both days agree, or a range of years if they do not."""
    if not first:
        return None
    parts = [[int(part) for part in day.split("-")] for day in (first, last)]
    alike = 3 if first == last else 2 if first[:7] == last[:7] else int(first[:4] == last[:4])
    return {"date-parts": [parts[0][:alike]] if alike else [each[:1] for each in parts]}


def _known(**variables: Any) -> Json:
    return {name: value for name, value in variables.items() if value}
