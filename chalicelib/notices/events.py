"""Events for an organisation's own system: CloudEvents 1.0, ids only (api.md, "Events")."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.notices.region import Region

CloudEvent = Mapping[str, str | Mapping[str, str]]

_TYPES = {
    NoticeKind.STARTED: "nl.verwijsindex.match.started.v1",
    NoticeKind.ENDED: "nl.verwijsindex.match.ended.v1",
    NoticeKind.CONFIRMATION: "nl.verwijsindex.signal.confirmation-requested.v1",
}


def cloud_event(notice: Notice, region: Region) -> CloudEvent:
    """The event of a notice, in structured JSON form.

    ``id`` is the notice's, so a repeat is recognised; ``subject`` is the match's opaque id;
    ``dataref`` needs a token and is left out for a supervisor, who has no signal (D17). No personal
    data, no contact card, not the organisation's own reference. A question to confirm an own signal
    names that signal alone: nothing in it tells that there is another (D16).
    """
    event: dict[str, str | Mapping[str, str]] = {
        "specversion": "1.0",
        "id": notice.id,
        "source": f"urn:nld:oin:{region.oin}:systeem:verwijsindex",
        "type": _TYPES[notice.kind],
        "time": notice.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
    }
    if notice.kind is NoticeKind.CONFIRMATION and notice.signal_id is not None:
        return {
            **event,
            "subject": notice.signal_id,
            "dataref": f"{region.base_url}/signals/{notice.signal_id}",
            "data": {"signalId": notice.signal_id},
        }
    event["subject"] = notice.match_id
    if notice.signal_id is None:
        return {**event, "data": {"matchId": notice.match_id}}
    return {
        **event,
        "dataref": f"{region.base_url}/signals/{notice.signal_id}/matches",
        "data": {"matchId": notice.match_id, "signalId": notice.signal_id},
    }
