"""Datasets: the published collections that supports are imported from; with their scope."""

from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection, Period
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER
from schema.vocabulary import ACTOR_KINDS, SUPPORT_KINDS


class Dataset(Record, table=True):
    """A published data set that supports were imported from."""

    __collection__ = Collection(
        "datasets",
        place=5,
        natural_key="slug",
        reference=("slug", "title"),
        example_fields="slug,version",
        example_filters={"slug": "rutte-2024"},
        needs_admin=True,
        period=Period("coversFrom", "coversUntil", is_coverage=True),
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
    publisher_id: int | None = columns.to_one(
        "actor", "Actor that publishes the data set.", default=None, index=True
    )
    doi: str | None = columns.text(
        "Digital object identifier, such as 10.1000/182.", limit=200, default=None
    )
    published_on: str | None = columns.partial_date("Date of publication.", default=None)
    retrieved_on: str | None = columns.partial_date(
        "Date on which the file was retrieved.", default=None
    )
    checksum: str | None = columns.text(
        "SHA-256 digest of the file, in hexadecimal.", limit=64, default=None
    )
    covers_from: str | None = columns.partial_date(
        "First date that the data set looks at.", default=None
    )
    covers_until: str | None = columns.partial_date(
        "Last date that the data set looks at.", default=None
    )
    scope: str | None = columns.text(
        "Which actors and which support the data set looks at, in words.", limit=2000, default=None
    )
    unit_of_observation: str | None = columns.text(
        "What one row of the file is, such as an actor in a year.", limit=300, default=None
    )
    part_of_id: int | None = columns.to_one(
        "dataset",
        "Data set whose sums contain those of this one: the two are never added together.",
        default=None,
        index=True,
    )
    mapping_version: str | None = columns.text(
        "Version of the mapping by which the file was read.", limit=50, default=None
    )


class DatasetActorKind(Versioned, table=True):
    """A kind of actor that a data set looks at."""

    __tablename__ = "dataset_actor_kind"

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    kind: str = columns.term(ACTOR_KINDS, "Kind of actor.", primary_key=True)


class DatasetSupportKind(Versioned, table=True):
    """A kind of support that a data set looks at."""

    __tablename__ = "dataset_support_kind"

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    kind: str = columns.term(SUPPORT_KINDS, "Kind of support.", primary_key=True)


class DatasetCount(Versioned, table=True):
    """How many of something the file of a data set has, as counted when it was read."""

    __tablename__ = "dataset_count"

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    counted: str = columns.text(
        "What is counted, such as rows or supports.", limit=100, primary_key=True
    )
    number: int = columns.integer("How many there are.")
