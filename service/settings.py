"""Settings: environment variables `ALLYGRAPH_*`, read once, checked, and frozen."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.errors import StartError

PREFIX = "ALLYGRAPH_"
_PASSWORD_FILE = f"{PREFIX}DATABASE_PASSWORD_FILE"


class Settings(BaseSettings):
    """Everything an operator can set. Each field is the variable `ALLYGRAPH_` and its name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database_url: str = Field(
        "sqlite:///allygraph.db",
        description="Where the data is kept: `sqlite:///PATH` or `postgresql://...`.",
    )
    database_password_file: str = Field(
        "", description="A file that holds the password, for a URL that names a user and none."
    )
    replica_urls: str = Field(
        "", description="PostgreSQL replicas that answer reads, by their URLs, with spaces between."
    )
    replica_lag_seconds: float = Field(
        5.0, gt=0, description="For how long a replica may be behind before it is passed over."
    )
    pool_size: int = Field(
        10, ge=1, description="How many connections each process reads PostgreSQL through."
    )
    host: str = Field("127.0.0.1", description="The address to listen at.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen at; 0: any free one.")
    workers: int = Field(1, ge=1, le=64, description="How many processes answer on the one port.")
    log_format: Literal["human", "json"] = Field(
        "human", description="How log lines are written: for people or for programs."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least important log lines to write."
    )
    log_requests: bool = Field(False, description="Whether each request is logged.")
    header_bytes: int = Field(
        65_536, ge=8_192, description="The longest head of a request, in bytes: address, headers."
    )
    body_bytes: int = Field(1_000_000, ge=1_000, description="The longest request body, in bytes.")
    document_characters: int = Field(
        100_000, ge=1_000, description="The longest GraphQL document, in characters."
    )
    document_tokens: int = Field(
        5_000, ge=100, description="The most tokens a GraphQL document may have."
    )
    depth: int = Field(20, ge=2, description="How deep fields may nest in a GraphQL document.")
    input_depth: int = Field(
        20, ge=2, description="How deep a filter, or another argument, may nest."
    )
    fields: int = Field(
        2_000, ge=10, description="The most fields a document may ask for, fragments opened."
    )
    aliases: int = Field(200, ge=1, description="The most aliases a document may have.")
    root_fields: int = Field(50, ge=1, description="The most root fields an operation may have.")
    node_budget: int = Field(50_000, ge=100, description="The most records one answer may hold.")
    plans: int = Field(500, ge=1, description="How many plans each door keeps for reuse.")
    seconds: float = Field(
        10.0, gt=0, le=600, description="How long an answer may take, in seconds."
    )
    arrival_seconds: float = Field(
        20.0, gt=0, description="How long a request may take to arrive, in seconds."
    )
    arriving_bytes: int = Field(
        64_000_000,
        ge=1_000,
        description="How many bytes of bodies that are not whole yet one process holds.",
    )
    connections: int = Field(
        10_000, ge=1, description="How many connections one process serves at a time."
    )
    questions: int = Field(
        256, ge=1, description="How many questions one process has under way at a time."
    )
    waiting_writes: int = Field(
        100, ge=1, description="How many writes one process has under way or waiting at a time."
    )
    requests_per_minute: int = Field(
        6_000, ge=0, description="How often one client may ask in a minute; 0: without end."
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of proxies whose `X-Forwarded-For` is believed, "
        "with spaces between.",
    )
    hosts: str = Field(
        "", description="The names that the service is asked by, with spaces between; none: any."
    )
    cors_origins: str = Field(
        "",
        description="Sites whose pages may ask, such as `https://example.org`, "
        "with spaces between; `*`: any.",
    )
    introspection: bool = Field(True, description="Whether GraphQL tells its schema.")
    read: Literal["open", "token"] = Field(
        "open", description="Who may read: anybody, or who has a token."
    )
    write_seconds: float = Field(
        30.0, gt=0, le=600, description="How long a write may wait for others, in seconds."
    )
    idempotency_hours: int = Field(
        24,
        ge=1,
        le=8_760,
        description="How long the answer to a write with an `Idempotency-Key` is kept.",
    )
    cache_bytes: int = Field(
        8_000_000, ge=0, description="How many bytes of answers are kept; 0: none."
    )
    documents: Literal["open", "known"] = Field(
        "open", description="Which GraphQL documents are answered: any, or known ones only."
    )
    documents_folder: str = Field(
        "", description="A folder of known documents (`*.graphql`), for `documentId`."
    )
    subscriptions: int = Field(
        5_000, ge=1, description="How many subscriptions one process serves at a time."
    )
    client_subscriptions: int = Field(
        1_000, ge=1, description="How many of these one client may have at a time."
    )
    heartbeat_seconds: float = Field(
        15.0, gt=0, description="How often a quiet subscription is told that it lives, in seconds."
    )
    slow_reader_seconds: float = Field(
        20.0, gt=0, description="How long a subscriber may leave an event unread, in seconds."
    )

    @property
    def replicas(self) -> tuple[str, ...]:
        """The URLs of the replicas."""
        return tuple(self.replica_urls.split())


def read_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The settings of this process; `given` ones, from the command line, go first.

    Raises StartError with one line where a variable is unknown or has a value it can't have.
    """
    _refuse_unknown(os.environ if environment is None else environment)
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise StartError(f"{name}={first['input']!s}: {first['msg']}.") from None
    return _with_password(settings)


def _with_password(settings: Settings) -> Settings:
    """With the password of the file in each address that lacks one: nothing else reads the file."""
    if not settings.database_password_file:
        return settings
    password = read_password(settings.database_password_file)
    replicas = " ".join(with_password(url, password) for url in settings.replicas)
    url = with_password(settings.database_url, password)
    return settings.model_copy(update={"database_url": url, "replica_urls": replicas})


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    ours = {name for name in environment if name.upper().startswith(PREFIX)}
    for name in sorted(ours - known):
        # The tests and the benchmark have settings of their own, named after what they steer.
        if not name.startswith(("ALLYGRAPH_TEST_", "ALLYGRAPH_ORACLE_", "ALLYGRAPH_BENCH_")):
            raise StartError(f"{name} is no setting. The settings are: {', '.join(sorted(known))}.")


def read_password(path: str) -> str:
    """What the file holds, without the end of its line. Raises StartError."""
    try:
        password = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StartError(
            f"{_PASSWORD_FILE}={path} can't be read ({reason}): name a file this user may read."
        ) from None
    if not password:
        raise StartError(f"{_PASSWORD_FILE}={path} is empty: write the password into it.")
    return password


def with_password(url: str, password: str) -> str:
    """The address with the password, if it names a user of PostgreSQL and has none yet."""
    scheme, separator, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres"):
        return url
    # One host or several: what stands there is none of our business.
    user, at, _ = re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")
    if not at or ":" in user:
        return url
    return f"{scheme}{separator}{user}:{quote(password, safe='')}{rest.removeprefix(user)}"
