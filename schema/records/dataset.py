"""Datasets: the published collections that supports are imported from."""

from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record


class Dataset(Record, table=True):
    """A published data set that supports were imported from."""

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
        "Unique name for URLs: lower-case letters, digits and single hyphens.",
        limit=100,
        unique=True,
    )
    title: str = columns.text("Title of the data set.", limit=300)
    version: str = columns.text("Version that was imported.", limit=50)
    licence: str = columns.text("Licence under which the data set may be used.", limit=200)
    citation: str = columns.text("Recommended citation.", limit=2000)
    url: str | None = columns.text("URL of the data set (http or https).", limit=2000, default=None)
    # Digest of the files that were loaded: the loader skips a data set that has not changed.
    digest: str | None = Field(default=None, sa_column_kwargs={"info": {"kept": False}})
