"""The function ``api``: answers requests."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import Request, Response

from chalicelib.wiring.interface import interface


def answer(request: Request) -> Response:
    """The endpoint's answer. Raises Problem for everything else."""
    return interface().answer(request)


def finish(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """The answer with the headers of every answer, problems in their one shape."""
    return interface().finish(request, get_response)
