"""The routes of an organisation's own sites."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import Route
from chalicelib.domain.organisation import Scope

_ONE: Final = "/sites/{siteId}"

SITE_ROUTES: Final = (
    Route(
        method="GET",
        path="/sites",
        name="list_sites",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="List own sites",
    ),
    Route(
        method="GET",
        path=_ONE,
        name="read_site",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="Read an own site",
    ),
    Route(
        method="PUT",
        path=_ONE,
        name="put_site",
        scope=Scope.SIGNALS_WRITE,
        statuses=(201, 200),
        summary="Store an own site, or call it something else",
    ),
)
