"""The routes: the one table that declares them to Chalice, answers 405, and is documented.

Importing this is cheap: every function's cold start does.
"""

from __future__ import annotations

from typing import Final

from chalicelib.api.death_routes import DEATH_ROUTES
from chalicelib.api.organisation_routes import ORGANISATION_ROUTES
from chalicelib.api.professional_routes import PROFESSIONAL_ROUTES
from chalicelib.api.request_routes import REQUEST_ROUTES
from chalicelib.api.route import HTML, Route
from chalicelib.api.sign_in_routes import SIGN_IN_ROUTES
from chalicelib.api.site_routes import SITE_ROUTES
from chalicelib.api.trail_routes import TRAIL_ROUTES
from chalicelib.domain.organisation import Scope

__all__ = ["METHODS", "ROUTES", "Route", "allowed_methods"]

METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
"""The methods the gateway hands to us; those a path does not offer answer 405."""


ROUTES: Final = (
    Route(
        method="POST",
        path="/signals",
        name="give_signal",
        scope=Scope.SIGNALS_WRITE,
        statuses=(201, 200),
        summary="Give a signal",
        names_in_body=True,
    ),
    Route(
        method="POST",
        path="/signal-batches",
        name="give_signals",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Give many signals at once",
        names_in_body=True,
    ),
    Route(
        method="GET",
        path="/signals",
        name="list_signals",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="List own signals, newest first",
    ),
    Route(
        method="GET",
        path="/signals/{signalId}",
        name="read_signal",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="Read an own signal",
    ),
    Route(
        method="PATCH",
        path="/signals/{signalId}",
        name="change_signal",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Change an own signal: moved, corrected, another professional",
    ),
    Route(
        method="GET",
        path="/signals/{signalId}/matches",
        name="read_signal_matches",
        scope=Scope.MATCHES_READ,
        statuses=(200,),
        summary="See who else is involved",
    ),
    Route(
        method="GET",
        path="/matches/{matchId}",
        name="read_match",
        scope=Scope.MATCHES_READ,
        statuses=(200,),
        summary="Read a match that one is in",
    ),
    Route(
        method="GET",
        path="/matches/{matchId}/explanation",
        name="explain_match",
        scope=Scope.MATCHES_READ,
        statuses=(200,),
        summary="See why a match was made",
    ),
    Route(
        method="POST",
        path="/signals/{signalId}/closure",
        name="close_signal",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Close a signal that is no longer needed",
    ),
    Route(
        method="POST",
        path="/signals/{signalId}/retraction",
        name="retract_signal",
        scope=Scope.SIGNALS_WRITE,
        statuses=(200,),
        summary="Retract a signal that was wrongly made",
    ),
    Route(
        method="POST",
        path="/signals/{signalId}/renewal",
        name="renew_signal",
        scope=Scope.SIGNALS_WRITE,
        statuses=(201, 200),
        summary="Renew a signal by one that takes its place",
    ),
    Route(
        method="GET",
        path="/informing",
        name="list_uninformed",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="See which families still have to be told of a signal",
    ),
    Route(
        method="POST",
        path="/signals/{signalId}/history-openings",
        name="open_history",
        scope=Scope.SIGNALS_READ,
        statuses=(201,),
        summary="See who gave earlier signals about the youth, once",
    ),
    Route(
        method="GET",
        path="/information-letters/{letterId}",
        name="read_information_letter",
        scope=Scope.SIGNALS_READ,
        statuses=(200,),
        summary="Get the letter that tells a family of a signal, to print",
        media_types=(HTML,),
    ),
    Route(
        method="GET",
        path="/suspected-searches",
        name="list_searches",
        scope=Scope.AUDIT_READ,
        statuses=(200,),
        summary="List who seems to search by signals that they take back",
    ),
    Route(
        method="GET",
        path="/reviews",
        name="list_reviews",
        scope=Scope.REVIEWS_DECIDE,
        statuses=(200,),
        summary="List the pairs that a person has to look at",
    ),
    Route(
        method="GET",
        path="/reviews/{reviewId}",
        name="read_review",
        scope=Scope.REVIEWS_DECIDE,
        statuses=(200,),
        summary="Read a review",
    ),
    Route(
        method="POST",
        path="/reviews/{reviewId}/verdict",
        name="give_verdict",
        scope=Scope.REVIEWS_DECIDE,
        statuses=(200,),
        summary="Say whether two signals are about one youth",
    ),
    Route(
        method="DELETE",
        path="/reviews/{reviewId}/verdict",
        name="undo_verdict",
        scope=Scope.REVIEWS_DECIDE,
        statuses=(200,),
        summary="Take a verdict back",
    ),
    Route(
        method="POST",
        path="/reviews/{reviewId}/confirmation-requests",
        name="ask_confirmation",
        scope=Scope.REVIEWS_DECIDE,
        statuses=(202,),
        summary="Ask each organisation to confirm its own record",
    ),
    *DEATH_ROUTES,
    *PROFESSIONAL_ROUTES,
    *SITE_ROUTES,
    *ORGANISATION_ROUTES,
    *REQUEST_ROUTES,
    *TRAIL_ROUTES,
    *SIGN_IN_ROUTES,
    Route(
        method="GET",
        path="/health",
        name="health",
        scope=None,
        statuses=(200,),
        summary="Tell whether the index is live and its tables answer",
        public=True,
    ),
    Route(
        method="GET",
        path="/openapi.json",
        name="openapi",
        scope=None,
        statuses=(200,),
        summary="Read the description of this interface",
        public=True,
    ),
)


def allowed_methods(template: str) -> tuple[str, ...]:
    """The methods a path template offers, sorted."""
    return tuple(sorted(route.method for route in ROUTES if route.path == template))
