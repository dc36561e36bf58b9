"""The endpoints that need no token."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from chalicelib import VERSION
from chalicelib.api.messages import Request, Response
from chalicelib.api.problems import Unavailable
from chalicelib.api.schemas.public import HealthBody
from chalicelib.api.usecases import UseCases

DOCUMENT: Final = Path(__file__).with_name("openapi.json")
DOCUMENTED_BASE: Final = "https://verwijsindex.example/v1"
"""The base that the committed document names; each stage serves it with its own."""


def health(_: Request, cases: UseCases) -> Response:
    """``GET /health``: live, with the version, and the tables answer. Raises Unavailable when they do not."""
    if not cases.tables_answer():
        raise Unavailable(f"Version {VERSION} is live, but its tables do not answer.")
    return Response(status=200, body=HealthBody(status="UP", version=VERSION, tables="UP"))


def openapi(_: Request, cases: UseCases) -> Response:
    """``GET /openapi.json``: generated when the code was built, served as a file."""
    return Response(status=200, body=_document(cases.base_url))


@lru_cache(maxsize=1)
def _document(base_url: str) -> str:
    return DOCUMENT.read_text(encoding="utf-8").replace(DOCUMENTED_BASE, base_url)
