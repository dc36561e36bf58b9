"""The routes of requests of families: access, rectification, objection, erasure, restriction (D31 to D33)."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import HTML, JSON, Route
from chalicelib.domain.organisation import Scope

_ONE: Final = "/requests/{requestId}"

REQUEST_ROUTES: Final = (
    Route(
        method="POST",
        path="/requests",
        name="file_request",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(202,),
        summary="File a request of a youth or a parent",
    ),
    Route(
        method="GET",
        path="/requests",
        name="list_requests",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="List requests, first due first",
    ),
    Route(
        method="GET",
        path=_ONE,
        name="read_request",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Read a request",
    ),
    Route(
        method="PUT",
        path=f"{_ONE}/signals/{{signalId}}",
        name="settle_doubt",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Say whether a signal is about the youth of a request",
    ),
    Route(
        method="PUT",
        path=f"{_ONE}/restriction",
        name="grant_restriction",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Hide the signals of a request from matching while it is decided",
    ),
    Route(
        method="DELETE",
        path=f"{_ONE}/restriction",
        name="lift_restriction",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Let the signals of a request match again",
    ),
    Route(
        method="POST",
        path=f"{_ONE}/decision",
        name="decide_request",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Decide a request, and have it carried out",
    ),
    Route(
        method="GET",
        path=f"{_ONE}/access-answer",
        name="read_access_answer",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Answer a request for access",
        media_types=(JSON, HTML),
    ),
    Route(
        method="GET",
        path=f"{_ONE}/advice",
        name="read_asked_advice",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="See on which own signals advice is asked",
    ),
    Route(
        method="PUT",
        path=f"{_ONE}/advice",
        name="give_advice",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Advise on a request about own signals",
    ),
)
