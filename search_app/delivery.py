"""Delivery: how an answer travels: what a browser may keep, what need not be sent again, and gzip.

A request and its answer in, the answer with its headers out. Pages and JSON are kept by the one browser that asked
(what an officer searches for is nobody else's business) and asked about each time: as long as generation, address and
code are the same, the answer is a 304 for which nothing was evaluated. The addresses of styles and scripts change with
what stands in them, so that those are never asked about again.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from werkzeug.wrappers import Request, Response

from indexer.digests import digest_files
from indexer.store import made_with

_REVALIDATED: Final = "private, no-cache"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_NOT_KEPT: Final = "no-store"
_TEXT = re.compile(r"text/.*|.*[/+](?:json|xml|javascript)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'("[^"]*")')
_WORTH_GZIP = 1_000  # bytes: less fits into one packet anyhow
# A page of 43 KB: 7.6 KB in 0.16 ms at this level, 7.1 KB in 0.5 ms at the next ones.
_GZIP_LEVEL = 3


@cache
def code_version() -> str:
    """Name the code, templates and tables that are running: answers of another version are other answers."""
    return digest_files(Path(__file__).parent) + str(made_with()["code"])


def static_version(folder: Path) -> str:
    """Name what stands in the files of a folder, for their address."""
    return digest_files(folder)[:12]


def make_tag(*asked: str) -> str:
    """Name an answer by everything that it depends on, beside the code."""
    return hashlib.sha256("\0".join((code_version(), *asked)).encode()).hexdigest()[:32]


def is_known(tag: str, request: Request) -> bool:
    """Whether the one who asks has the answer of this name already ("*" names none: is there an answer at all?)."""
    known = request.if_none_match
    return not known.star_tag and known.contains_weak(tag)


def deliver(response: Response, request: Request, *, tag: str | None = None, immutable: bool = False) -> Response:
    """Give an answer the headers it travels with, and compress it where that is worth it and wanted.

    `tag` names an answer that may be kept and asked about, `immutable` says that its address never gets another one;
    what is neither is not kept, and an error never is.
    """
    good = response.status_code < 400
    if good and tag is not None:
        response.headers["Cache-Control"] = _REVALIDATED
        response.set_etag(tag, weak=True)  # the same for the plain and the compressed form
        response.make_conditional(request)
    elif good and immutable:
        response.headers["Cache-Control"] = _FOR_EVER
    else:
        response.headers.setdefault("Cache-Control", _NOT_KEPT)
    if response.mimetype == "text/css" and response.status_code == 200:
        _squeeze(response)
    if _TEXT.fullmatch(response.mimetype or ""):
        response.vary.add("Accept-Encoding")
        if response.status_code not in (204, 206, 304) and _wants_gzip(request):
            _compress(response)
    return response


def _squeeze(response: Response) -> None:
    """Send a style without its comments and layout: a fifth of it, which the first page would wait for."""
    response.direct_passthrough = False  # a file: it is read here
    response.set_data(squeeze_style(response.get_data(as_text=True)))
    response.headers.pop("Accept-Ranges", None)


@lru_cache(maxsize=8)
def squeeze_style(text: str) -> str:
    """Leave out of a stylesheet what the browser does not need: comments, line breaks, space around punctuation."""
    parts = _STRING.split(_COMMENT.sub("", text))  # every second one is a string, which stays as it is
    for place in range(0, len(parts), 2):
        plain = re.sub(r"\s+", " ", parts[place])
        parts[place] = re.sub(r" ?([{};,>]) ?", r"\1", plain).replace(";}", "}")
    return "".join(parts).strip()


def _wants_gzip(request: Request) -> bool:
    accepted = request.accept_encodings
    return accepted.quality("gzip") > 0 and accepted.quality("gzip") >= accepted.quality("identity")


def _compress(response: Response) -> None:
    """Compress an answer. None holds a secret that its length could tell beside what was asked (BREACH)."""
    if response.is_streamed and not response.direct_passthrough:  # made while it is sent
        return
    response.direct_passthrough = False  # a file: it is read here
    content = response.get_data()
    if len(content) < _WORTH_GZIP or "Content-Encoding" in response.headers:
        return
    response.set_data(gzip.compress(content, _GZIP_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)  # a part of a file is a part of its plain form
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
