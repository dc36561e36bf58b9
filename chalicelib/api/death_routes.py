"""The routes about a youth who died (D34)."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import Route
from chalicelib.domain.organisation import Scope

DEATH_ROUTES: Final = (
    Route(
        method="POST",
        path="/signals/{signalId}/death",
        name="report_death",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Report that the youth of a signal died",
    ),
    Route(
        method="GET",
        path="/death-reports",
        name="list_deaths",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="List the deaths that were reported",
    ),
    Route(
        method="POST",
        path="/death-reports/{signalId}/confirmation",
        name="confirm_death",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200, 202),
        summary="Confirm a death, and erase all that is about the youth",
    ),
)
