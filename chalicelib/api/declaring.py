"""Declares the table of routes to Chalice, so that every answer is ours.

API Gateway answers 403 to a path or method it does not know. So each path is declared with every
method, and all other paths fall to one last route: what is not offered answers 404 or 405 in our shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from chalice.app import Chalice, ChaliceAuthorizer, Response

from chalicelib.api.routes import METHODS, ROUTES, allowed_methods

Answer = Callable[[], Response]

_ELSEWHERE: Final = ("/", "/{proxy+}")
_ANY_TYPE: Final[list[str]] = []


def declare_routes(app: Chalice, *, authorizer: ChaliceAuthorizer, answer: Answer) -> None:
    """Declare every route; ``answer`` is called for each request and finds the route by itself."""
    for route in ROUTES:
        _declare(
            app,
            route.path,
            [route.method],
            name=route.name,
            summary=route.summary,
            authorizer=authorizer if route.scope is not None else None,
            answer=answer,
        )
    for path in sorted({route.path for route in ROUTES}):
        _declare_rest(app, path, allowed_methods(path), answer)
    for path in _ELSEWHERE:
        _declare_rest(app, path, (), answer)


def _declare_rest(app: Chalice, path: str, offered: Iterable[str], answer: Answer) -> None:
    methods = sorted(set(METHODS) - set(offered))
    _declare(app, path, methods, name="not_offered", summary="Not offered", authorizer=None, answer=answer)


def _declare(
    app: Chalice,
    path: str,
    methods: list[str],
    *,
    name: str,
    summary: str,
    authorizer: ChaliceAuthorizer | None,
    answer: Answer,
) -> None:
    def view(**_: str) -> Response:
        return answer()

    view.__doc__ = summary
    app.route(path, methods=methods, name=name, authorizer=authorizer, content_types=_ANY_TYPE)(view)
