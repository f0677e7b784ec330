"""The preview of an actor: a page without scripts, for a frame of another site.

All text comes from the data and is escaped. In addition the policy of the page forbids every
script, request and form, so text that looks like HTML has no effect.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import Any

from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginResourcePolicy,
    ReferrerPolicy,
    XContentTypeOptions,
)

from schema.vocabulary import ACTOR_KINDS, CODE_SCHEMES

WIDTH, HEIGHT = 430, 300
# The maximum number of names that fit the frame.
_ALIASES_MOST = 12

_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:8px}h1{font-size:16px;margin:0}"
    "p{margin:4px 0}dl{display:grid;grid-template-columns:auto 1fr;gap:2px 8px;margin:0}"
    "dt{color:#555}dd{margin:0}"
)
_POLICY = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .style_src(f"'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'")
    .base_uri("'none'")
    .form_action("'none'")
    # Any site may frame the page, because nothing on it can be clicked.
    .frame_ancestors("*")
    .sandbox()
)
PREVIEW_HEADERS = dict(
    Secure(
        csp=_POLICY,
        corp=CrossOriginResourcePolicy().cross_origin(),
        referrer=ReferrerPolicy().no_referrer(),
        xcto=XContentTypeOptions().nosniff(),
    ).headers
)
_KINDS = {term.code: term.label for term in ACTOR_KINDS.terms}
_SCHEMES = {term.code: term.label for term in CODE_SCHEMES.terms}


def preview(actor: Mapping[str, Any]) -> str:
    """Returns the page as HTML."""
    name = escape(actor["name"])
    kind = escape(_KINDS.get(actor["kind"], actor["kind"]))
    description = escape(actor["description"] or "")
    facts = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in _facts(actor))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<style>{_STYLE}</style></head><body><h1 dir="auto">{name}</h1>'
        f"<p>{kind}. {description}</p><dl>{facts}</dl></body></html>"
    )


def _facts(actor: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = dict.fromkeys(alias["name"] for alias in actor["aliases"])
    if names:
        listed = (f"<bdi>{escape(name)}</bdi>" for name in list(names)[:_ALIASES_MOST])
        more = ", ..." if len(names) > _ALIASES_MOST else ""
        yield "Also called", ", ".join(listed) + more
    for code in actor["codes"]:
        scheme = _SCHEMES.get(code["scheme"], code["scheme"])
        yield escape(scheme), escape(f"{code['value']}{_years(code)}")


def _years(code: Mapping[str, Any]) -> str:
    start, end = code["startedOn"], code["endedOn"]
    return f" ({start or ''} to {end or 'now'})" if start or end else ""
