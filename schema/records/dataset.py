"""Datasets: where a batch of records came from."""

from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record


class Dataset(Record, table=True):
    """A published collection that records were taken from."""

    __collection__ = Collection(
        "datasets",
        place=5,
        natural_key="slug",
        reference=("slug", "title"),
        example_fields="slug,version",
        example_filters={"slug": "rutte-2024"},
        # A data set is written whole, by the loader.
        is_writable=False,
    )

    slug: str = columns.text(
        "The name in addresses: lower case, hyphens, unique.", limit=100, unique=True
    )
    title: str = columns.text("What it is called.", limit=300)
    version: str = columns.text("Which edition was loaded.", limit=50)
    licence: str = columns.text("Under what terms it may be used.", limit=200)
    citation: str = columns.text("How to cite it.", limit=2000)
    url: str | None = columns.text("Where it is published.", limit=2000, default=None)
    # The fingerprint of what was loaded: the loader passes over a data set that has not changed.
    digest: str | None = Field(default=None, sa_column_kwargs={"info": {"kept": False}})
