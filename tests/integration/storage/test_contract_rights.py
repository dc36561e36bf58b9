"""What every store of requests does: one write per step, lists by term, records sealed apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.rights import (
    Advice,
    Concerned,
    GivenAdvice,
    Ground,
    Measure,
    RequestDecision,
    RequestRecord,
    RequestState,
    RightsRequest,
    Ruling,
)
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.signals import RequestAsRead
from chalicelib.ports.storage import RequestChange, SignalChange, Storage
from tests.builders import NOW, TODAY, make_rights_request, make_youth
from tests.integration.storage.given import give, make_notice, new_audit

REQUEST = make_rights_request()


def commit(storage: Storage, request: RightsRequest = REQUEST, previous: int | None = None) -> RightsRequest:
    """The request, written."""
    storage.rights.commit(RequestChange(request=request, previous_revision=previous, audit=new_audit()))
    return request


def done(request: RightsRequest, on: date = TODAY) -> RightsRequest:
    """The request's next revision, done, to go on a day."""
    return replace(
        request,
        state=RequestState.DONE,
        revision=request.revision + 1,
        done_at=NOW,
        agenda_on=on,
        record=None,
    )


def test_request_reads_back_whole(storage: Storage) -> None:
    """Every field returns, as it is filed and as it is decided."""
    decided = replace(
        REQUEST,
        state=RequestState.DECIDED,
        revision=2,
        hides=True,
        warned=2,
        pseudonym="f00d",
        concerned=(
            Concerned(
                signal_id="lo-s1",
                organisation_id="school",
                concerns=None,
                evidence=(("bsn", "EQUAL"),),
                asked_at=NOW,
                advice=GivenAdvice(
                    advice=Advice.REFUSE, ground=Ground.SIGNAL_JUSTIFIED, professional_id="p1", at=NOW
                ),
                hidden=True,
                measure=Measure.CORRECTED,
                carried_out=True,
            ),
        ),
        decision=RequestDecision(
            ruling=Ruling.PARTLY, ground=Ground.DATA_CORRECT, professional_id="handler-1", at=NOW
        ),
        done_at=NOW,
        record=RequestRecord(youth=make_youth(), corrections=(("lo-s1", make_youth(surname="Bos")),)),
    )
    commit(storage)
    assert storage.rights.get(REQUEST.id) == REQUEST
    commit(storage, decided, previous=1)

    assert storage.rights.get(REQUEST.id) == decided
    assert storage.rights.get("lo-none") is None


def test_requests_are_read_together_with_their_records_left_sealed(storage: Storage) -> None:
    """Those that are there, by id."""
    commit(storage)

    assert storage.rights.sealed([REQUEST.id, "lo-none"]) == {REQUEST.id: replace(REQUEST, record=None)}


def test_request_is_created_once_and_changed_as_it_was_read(storage: Storage) -> None:
    """Who comes second writes nothing."""
    commit(storage)

    with pytest.raises(AlreadyThere):
        commit(storage, replace(REQUEST, warned=9))
    with pytest.raises(Stale):
        commit(storage, replace(REQUEST, revision=3), previous=2)

    assert storage.rights.get(REQUEST.id) == REQUEST


def test_requests_are_listed_by_handler_first_due_first(storage: Storage) -> None:
    """Page by page, records left sealed; those that are done are a list of their own."""
    days = {"lo-r1": 3, "lo-r2": 1, "lo-r3": 2}
    requests = {
        one: commit(storage, make_rights_request(one, due_on=TODAY + timedelta(days=number)))
        for one, number in days.items()
    }
    commit(storage, make_rights_request("lo-r4", organisation_id="elsewhere"))
    over = commit(storage, done(requests["lo-r3"]), previous=1)

    first = storage.rights.page("region", is_open=True, limit=1, after=None)
    second = storage.rights.page("region", is_open=True, limit=1, after=first.next)
    ended = storage.rights.page("region", is_open=False, limit=9, after=None)

    assert first.items == (replace(requests["lo-r2"], record=None),)
    assert (second.items, second.next) == ((replace(requests["lo-r1"], record=None),), None)
    assert ended.items == (over,)


def test_agenda_names_what_is_due_up_to_a_day(storage: Storage) -> None:
    """Of all handlers, first due first, open ones and those to go apart; without a day all there are."""
    for one, number in (("lo-r1", 2), ("lo-r2", 1), ("lo-r3", 3)):
        commit(storage, make_rights_request(one, agenda_on=TODAY + timedelta(days=number)))
    commit(storage, done(make_rights_request("lo-r3"), on=TODAY), previous=1)
    until = TODAY + timedelta(days=1)

    first = storage.rights.agenda(None, is_open=True, limit=1, after=None)
    second = storage.rights.agenda(None, is_open=True, limit=1, after=first.next)

    assert storage.rights.agenda(until, is_open=True, limit=9, after=None).items == ("lo-r2",)
    assert (first.items, second.items, second.next) == (("lo-r2",), ("lo-r1",), None)
    assert storage.rights.agenda(until, is_open=False, limit=9, after=None).items == ("lo-r3",)


def test_request_and_its_notices_are_one_write(storage: Storage) -> None:
    """All of it, or nothing."""
    notice = make_notice(REQUEST.id, kind=NoticeKind.CONFIRMATION)
    change = RequestChange(request=REQUEST, previous_revision=None, audit=None, notices=(notice,))
    storage.rights.commit(change)

    with pytest.raises(AlreadyThere):
        storage.rights.commit(replace(change, request=replace(REQUEST, revision=2), previous_revision=1))

    assert storage.notices.due(notice.receiver) == (notice,)
    assert storage.rights.get(REQUEST.id) == REQUEST


def test_request_goes_as_it_was_read(storage: Storage) -> None:
    """Not when somebody wrote in between."""
    commit(storage)
    over = commit(storage, done(REQUEST), previous=1)

    with pytest.raises(Stale):
        storage.rights.remove(REQUEST, new_audit())
    storage.rights.remove(over, new_audit())

    assert storage.rights.get(REQUEST.id) is None


def test_a_signal_changes_for_a_request_as_that_was_read_alone(storage: Storage) -> None:
    """Whoever is slow does not do what the request no longer asks for (D33)."""
    request = commit(storage)
    signal = give(storage)
    late = SignalChange(
        previous=signal,
        signal=replace(signal, revision=2),
        released=(),
        audit=new_audit(),
        carries_out=RequestAsRead(request.id, request.revision),
    )
    commit(storage, done(request), request.revision)

    with pytest.raises(Stale):
        storage.signals.change(late)

    assert storage.signals.get(signal.id) == signal
    now = replace(late, carries_out=RequestAsRead(request.id, request.revision + 1))
    storage.signals.change(now)
    assert storage.signals.get(signal.id) == now.signal
