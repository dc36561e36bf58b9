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
    Route(
        method="GET",
        path="/excluded-addresses",
        name="list_excluded_addresses",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="List the addresses that make no household match",
    ),
    Route(
        method="POST",
        path="/excluded-addresses",
        name="exclude_address",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(201,),
        summary="Put an address into the register",
    ),
    Route(
        method="GET",
        path="/excluded-addresses/{excludedAddressId}",
        name="read_excluded_address",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="Read an entry of the register",
    ),
    Route(
        method="DELETE",
        path="/excluded-addresses/{excludedAddressId}",
        name="include_address",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="Take an address out of the register",
    ),
)
