"""Settings: environment variables `ALLYGRAPH_*`, read once, validated and immutable."""

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
    """Every setting. The variable of a field is `ALLYGRAPH_` and its name in upper case."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database_url: str = Field(
        "sqlite:///allygraph.db",
        description="Database URL: `sqlite:///PATH` or `postgresql://...`.",
    )
    database_password_file: str = Field(
        "",
        description="File with the database password, for URLs with a user and no password.",
    )
    statement_batching: bool = Field(
        True, description="Whether PostgreSQL look-ups that run at the same time are batched."
    )
    replica_urls: str = Field(
        "", description="URLs of PostgreSQL replicas that serve reads, separated by spaces."
    )
    replica_lag_seconds: float = Field(
        5.0,
        ge=0.01,
        le=3_600,
        description="Maximum lag of a replica that serves reads, in seconds.",
    )
    listen_url: str = Field(
        "",
        description="URL of the PostgreSQL server itself, for LISTEN, if a pooler of transactions "
        "is in front of it.",
    )
    pool_size: int = Field(
        10,
        ge=1,
        le=100_000,
        description="Maximum number of PostgreSQL connections for reads, per process.",
    )
    host: str = Field("127.0.0.1", pattern=r"\S", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0: any free port.")
    workers: int = Field(
        1, ge=1, le=64, description="Number of worker processes; they share the port."
    )
    backup_folder: str = Field(
        "", description="Folder of backups; `/metrics` reports when the newest was made."
    )
    drain_seconds: float = Field(
        0.0,
        ge=0,
        le=60,
        description="How long the service goes on serving after TERM while `/readyz` is 503, in "
        "seconds.",
    )
    log_format: Literal["human", "json"] = Field(
        "human", description="Log format: `human` (text) or `json` (one object per line)."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Minimum level of log lines."
    )
    log_requests: bool = Field(False, description="Log every request.")
    header_bytes: int = Field(
        65_536,
        ge=8_192,
        le=1_000_000,
        description="Maximum size of the request line and headers, in bytes.",
    )
    body_bytes: int = Field(
        1_000_000, ge=1_000, le=100_000_000, description="Maximum size of a request body, in bytes."
    )
    bulk_bytes: int = Field(
        100_000_000,
        ge=1_000,
        le=10_000_000_000,
        description="Maximum size of the body of a bulk request, in bytes.",
    )
    bulk_lines: int = Field(
        100_000,
        ge=10,
        le=10_000_000,
        description="Maximum number of lines of a bulk request.",
    )
    document_characters: int = Field(
        100_000,
        ge=1_000,
        le=10_000_000,
        description="Maximum length of a GraphQL document, in characters.",
    )
    document_tokens: int = Field(
        5_000, ge=100, le=1_000_000, description="Maximum number of tokens in a GraphQL document."
    )
    depth: int = Field(
        20, ge=2, le=200, description="Maximum nesting depth of fields in a GraphQL document."
    )
    input_depth: int = Field(
        20, ge=2, le=200, description="Maximum nesting depth of a filter or another argument."
    )
    fields: int = Field(
        2_000,
        ge=10,
        le=10_000_000,
        description="Maximum number of fields in a document, with fragments expanded.",
    )
    aliases: int = Field(
        200, ge=1, le=10_000_000, description="Maximum number of aliases in a document."
    )
    root_fields: int = Field(
        50, ge=1, le=1_000, description="Maximum number of root fields in an operation."
    )
    node_budget: int = Field(
        50_000,
        ge=100,
        le=1_000_000_000_000_000,
        description="Maximum number of records in a response.",
    )
    complexity: int = Field(
        3_000,
        ge=500,
        le=1_000_000,
        description="Maximum complexity of a query, in units of about 0.1 ms of compiling.",
    )
    list_values: int = Field(
        100_000,
        ge=100,
        le=100_000_000,
        description="Maximum number of values in lists of a query, as often as each is used.",
    )
    plan_cache_bytes: int = Field(
        8_000_000,
        ge=100_000,
        le=10_000_000_000,
        description="Size of the plan cache of a process, in bytes.",
    )
    seconds: float = Field(
        10.0, ge=0.01, le=600, description="Time limit of a request, in seconds."
    )
    arrival_seconds: float = Field(
        20.0, ge=0.1, le=600, description="Time limit for a request to arrive, in seconds."
    )
    arriving_bytes: int = Field(
        64_000_000,
        ge=1_000,
        le=10_000_000_000,
        description="Maximum size of all incomplete request bodies, in bytes, per process.",
    )
    write_coalescing: bool = Field(
        True,
        description="Whether the responses of an event loop iteration are sent in one write each.",
    )
    connections: int = Field(
        10_000,
        ge=1,
        le=1_000_000,
        description="Maximum number of open client connections, per process.",
    )
    questions: int = Field(
        256, ge=1, le=100_000, description="Maximum number of queries in progress, per process."
    )
    waiting_writes: int = Field(
        100,
        ge=1,
        le=100_000,
        description="Maximum number of writes in progress or queued, per process.",
    )
    requests_per_minute: int = Field(
        6_000,
        ge=0,
        le=100_000_000,
        description="Maximum number of requests per client and minute; 0: no limit.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of proxies whose `X-Forwarded-*` headers are trusted, "
        "separated by spaces.",
    )
    hosts: str = Field("", description="Allowed host names, separated by spaces; empty: any.")
    cors_origins: str = Field(
        "",
        description="Allowed CORS origins, such as `https://example.org`, separated by spaces; "
        "`*`: any.",
    )
    introspection: bool = Field(True, description="Allow GraphQL introspection.")
    read: Literal["open", "token"] = Field(
        "open", description="Who may read: everyone (`open`) or clients with a token (`token`)."
    )
    write_seconds: float = Field(
        30.0, ge=0.01, le=600, description="How long a write may wait for other writes, in seconds."
    )
    idempotency_hours: int = Field(
        24,
        ge=1,
        le=8_760,
        description="Retention of the response to a write with an `Idempotency-Key`, in hours.",
    )
    cache_bytes: int = Field(
        8_000_000,
        ge=0,
        le=10_000_000_000,
        description="Size of the response cache, in bytes; 0: disabled.",
    )
    documents: Literal["open", "known"] = Field(
        "open",
        description="GraphQL documents to execute: any (`open`) or known ones only (`known`).",
    )
    documents_folder: str = Field(
        "",
        description="Folder of known documents (`*.graphql`), which clients name by `documentId`.",
    )
    subscriptions: int = Field(
        5_000, ge=1, le=1_000_000, description="Maximum number of subscriptions, per process."
    )
    client_subscriptions: int = Field(
        1_000,
        ge=1,
        le=1_000_000,
        description="Maximum number of subscriptions per client and process.",
    )
    heartbeat_seconds: float = Field(
        15.0, ge=0.1, le=600, description="Heartbeat interval for idle subscriptions, in seconds."
    )
    slow_reader_seconds: float = Field(
        20.0,
        ge=0.1,
        le=600,
        description="How long an event may stay unread before the subscription ends, in seconds.",
    )

    @property
    def replicas(self) -> tuple[str, ...]:
        """The URLs of the replicas."""
        return tuple(self.replica_urls.split())


def read_settings(environment: Mapping[str, str] | None = None, **options: object) -> Settings:
    """The settings of this process; `options` of the command line override variables.

    Raises StartError if a variable is unknown or has an invalid value.
    """
    _refuse_unknown(os.environ if environment is None else environment)
    try:
        settings = Settings(**{name: value for name, value in options.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise StartError(f"{name}={first['input']!s}: {first['msg']}.") from None
    return _with_password(settings)


def _with_password(settings: Settings) -> Settings:
    """Adds the password to each URL without one; the only function that reads the file."""
    if not settings.database_password_file:
        return settings
    password = read_password(settings.database_password_file)
    replicas = " ".join(with_password(url, password) for url in settings.replicas)
    urls = {
        "database_url": with_password(settings.database_url, password),
        "listen_url": with_password(settings.listen_url, password),
        "replica_urls": replicas,
    }
    return settings.model_copy(update=urls)


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    ours = {name for name in environment if name.upper().startswith(PREFIX)}
    for name in sorted(ours - known):
        # The tests and the benchmark have their own settings, with these prefixes.
        if not name.startswith(("ALLYGRAPH_TEST_", "ALLYGRAPH_ORACLE_", "ALLYGRAPH_BENCH_")):
            raise StartError(f"Unknown setting {name}. Settings: {', '.join(sorted(known))}.")


def read_password(path: str) -> str:
    """The content of the file without its trailing line break. Raises StartError."""
    try:
        password = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StartError(
            f"{_PASSWORD_FILE}={path} cannot be read ({reason}): "
            "use a file that this user may read."
        ) from None
    if not password:
        raise StartError(f"{_PASSWORD_FILE}={path} is empty: write the password to it.")
    return password


def with_password(url: str, password: str) -> str:
    """The URL with the password, if it is a PostgreSQL URL with a user and no password."""
    scheme, separator, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres"):
        return url
    # The host part may list several hosts, which a URL parser would reject.
    user, at, _ = re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")
    if not at or ":" in user:
        return url
    return f"{scheme}{separator}{user}:{quote(password, safe='')}{rest.removeprefix(user)}"
