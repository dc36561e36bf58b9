"""Events for an organisation's own system: CloudEvents 1.0, ids only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.notice import OF_OWN_SIGNAL, OF_REQUEST, Notice, NoticeKind
from chalicelib.domain.organisation import Mailbox
from chalicelib.notices.region import Region

CloudEvent = Mapping[str, str | Mapping[str, str]]

_TYPES = {
    NoticeKind.STARTED: "nl.verwijsindex.match.started.v1",
    NoticeKind.ENDED: "nl.verwijsindex.match.ended.v1",
    NoticeKind.CONFIRMATION: "nl.verwijsindex.signal.confirmation-requested.v1",
    NoticeKind.END_NEAR: "nl.verwijsindex.signal.end-near.v1",
    NoticeKind.INFORMING_NEAR: "nl.verwijsindex.signal.informing-near.v1",
    NoticeKind.INFORMING_OVERDUE: "nl.verwijsindex.signal.informing-overdue.v1",
    NoticeKind.SIGNAL_CORRECTED: "nl.verwijsindex.signal.corrected.v1",
    NoticeKind.SIGNAL_RESTRICTED: "nl.verwijsindex.signal.restricted.v1",
    NoticeKind.SIGNAL_RESTORED: "nl.verwijsindex.signal.restored.v1",
    NoticeKind.SIGNAL_CLOSED: "nl.verwijsindex.signal.closed.v1",
    NoticeKind.SIGNAL_ERASED: "nl.verwijsindex.signal.erased.v1",
    NoticeKind.ADVICE: "nl.verwijsindex.request.advice-asked.v1",
    NoticeKind.TERM: "nl.verwijsindex.request.term-near.v1",
}


_OF_REQUESTS = OF_REQUEST | {NoticeKind.ADVICE}


def mailbox_event(notice: Notice, mailbox: Mailbox, region: Region) -> CloudEvent:
    """The event that mail to the professional of an own signal does not arrive any more (D28).

    Neither their address nor their staff id: ``dataref`` leads to the signal, whose professional it is.
    A supervisor has no signal, and learns from the mail.
    """
    event: dict[str, str | Mapping[str, str]] = {
        "specversion": "1.0",
        "id": f"{notice.id}.mailbox",
        "source": _source(region),
        "type": "nl.verwijsindex.mailbox.unreachable.v1",
        "time": _time(mailbox.since),
        "datacontenttype": "application/json",
        "data": {"reason": mailbox.trouble.value},
    }
    if notice.signal_id is None:
        return event
    return {
        **event,
        "subject": notice.signal_id,
        "dataref": f"{region.base_url}/signals/{notice.signal_id}",
        "data": {"signalId": notice.signal_id, "reason": mailbox.trouble.value},
    }


def cloud_event(notice: Notice, region: Region) -> CloudEvent:
    """The event of a notice, in structured JSON form.

    ``id`` is the notice's, so a repeat is recognised; ``subject`` is the match's opaque id;
    ``dataref`` needs a token and is left out for a supervisor, who has no signal (D17). No personal
    data, no contact card, not the organisation's own reference. What is about an own signal
    alone names that one: nothing in it tells that there is another (D16).
    """
    event: dict[str, str | Mapping[str, str]] = {
        "specversion": "1.0",
        "id": notice.id,
        "source": _source(region),
        "type": _TYPES[notice.kind],
        "time": _time(notice.created_at),
        "datacontenttype": "application/json",
    }
    if notice.kind in _OF_REQUESTS:
        return {**event, "subject": notice.match_id, **_request(notice, region)}
    if notice.kind in OF_OWN_SIGNAL and notice.signal_id is not None:
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


def _request(notice: Notice, region: Region) -> Mapping[str, str | Mapping[str, str]]:
    """Where a request is read, or advised on by who has the signal that is named."""
    where = f"{region.base_url}/requests/{notice.match_id}"
    if notice.signal_id is None:
        return {"dataref": where, "data": {"requestId": notice.match_id}}
    data = {"requestId": notice.match_id, "signalId": notice.signal_id}
    return {"dataref": f"{where}/advice", "data": data}


def _source(region: Region) -> str:
    return f"urn:nld:oin:{region.oin}:systeem:verwijsindex"


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
