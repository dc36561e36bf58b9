"""The routes of organisations: who takes part, and on which terms."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import OWN_ID, Route
from chalicelib.domain.organisation import Scope

_ONE: Final = f"/organisations/{{{OWN_ID}}}"

ORGANISATION_ROUTES: Final = (
    Route(
        method="GET",
        path="/organisations",
        name="list_organisations",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="List organisations",
    ),
    Route(
        method="POST",
        path="/organisations",
        name="register_organisation",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(201,),
        summary="Register an organisation",
    ),
    Route(
        method="GET",
        path=_ONE,
        name="read_organisation",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="Read an organisation, or one's own",
        own=True,
    ),
    Route(
        method="PATCH",
        path=_ONE,
        name="change_organisation",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="Change an organisation: rights, names, suspension",
    ),
)
