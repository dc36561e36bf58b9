"""The routes of an organisation's own professionals."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import Route
from chalicelib.domain.organisation import Scope

_ONE: Final = "/professionals/{professionalId}"

PROFESSIONAL_ROUTES: Final = (
    Route(
        method="GET",
        path="/professionals",
        name="list_professionals",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="List own professionals",
    ),
    Route(
        method="GET",
        path=_ONE,
        name="read_professional",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="Read an own professional's contact card",
    ),
    Route(
        method="PUT",
        path=_ONE,
        name="put_professional",
        scope=Scope.SIGNALS_WRITE,
        statuses=(201, 200),
        summary="Store an own professional's contact card",
    ),
    Route(
        method="PATCH",
        path=_ONE,
        name="change_professional",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Change an own professional's contact card",
    ),
    Route(
        method="POST",
        path=f"{_ONE}/transfer",
        name="transfer_signals",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200, 202),
        summary="Hand over all signals of an own professional who leaves",
    ),
)
