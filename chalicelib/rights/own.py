"""Finding a request for who handles it, or has a signal in it; others' are not there."""

from __future__ import annotations

from collections.abc import Collection

from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import RequestNotFound, RequestRevised
from chalicelib.domain.rights import Concerned, RightsRequest
from chalicelib.ports.storage import Storage


def handled(
    storage: Storage, caller: Caller, request_id: str, revisions: Collection[int] | None = None
) -> RightsRequest:
    """A request that the caller's organisation handles. Raises RequestNotFound, RequestRevised."""
    request = storage.rights.get(request_id)
    if request is None or request.organisation_id != caller.organisation.id:
        raise RequestNotFound
    if revisions is not None and request.revision not in revisions:
        raise RequestRevised
    return request


def advised_on(
    storage: Storage, caller: Caller, request_id: str
) -> tuple[RightsRequest, tuple[Concerned, ...]]:
    """A request with what it says of the caller's own signals, once they were asked about.

    Raises RequestNotFound where nothing was asked.
    """
    request = storage.rights.get(request_id)
    if request is None:
        raise RequestNotFound
    own = tuple(
        one
        for one in request.concerned
        if one.organisation_id == caller.organisation.id and one.asked_at is not None
    )
    if not own:
        raise RequestNotFound
    return request, own
