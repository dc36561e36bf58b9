"""What every outbox does: notices that stay due until they are settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.notice import Heard, MailOutcome, Notice, NoticeState
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import MatchChange, Storage
from tests.builders import NOW, make_match, make_signal
from tests.integration.storage.given import make_notice

LATER = NOW + timedelta(hours=1)


def post(storage: Storage, *notices: Notice) -> None:
    """Notices, written with matches of their own."""
    for notice in notices:
        match = replace(make_match(make_signal("lo-s1"), make_signal("lo-s2")), id=notice.match_id)
        storage.matches.commit(
            MatchChange(match=match, previous_revision=None, guards=(), notices=(notice,), name=None)
        )


def sent(notice: Notice) -> Notice:
    """The notice after its mail left."""
    return replace(notice, state=NoticeState.SENT, sent_at=NOW, message_id="mail-1", attempts=1)


def came_back(notice: Notice) -> Notice:
    """The notice after its mail came back; to be told again later."""
    heard = (Heard(MailOutcome.BOUNCED, NOW), Heard(MailOutcome.DELIVERED, LATER))
    return replace(notice, state=NoticeState.BOUNCED, heard=heard, due_at=LATER)


def test_due_are_a_receivers_own_oldest_first(storage: Storage) -> None:
    """Another receiver's are not among them, even one whose key starts alike."""
    young = make_notice("lo-m1", created_at=LATER)
    old = make_notice("lo-m2")
    post(storage, young, old, make_notice("lo-m3", receiver="school#p10"))

    assert storage.notices.due("school#p1") == (old, young)


def test_notices_are_read_by_id(storage: Storage) -> None:
    """Those that exist."""
    notice = make_notice()
    post(storage, notice)

    assert storage.notices.get_many([notice.id, "none"]) == {notice.id: notice}


def test_what_is_gone_is_not_settled_back_into_being(storage: Storage) -> None:
    """Its request was done while its mail was on the way; the others in that mail are settled."""
    first, second = make_notice("lo-m1"), make_notice("lo-m2")
    post(storage, first, second)
    storage.erasures.remove_notices([first])

    storage.notices.settle([sent(first), sent(second)])

    held = storage.notices.get_many([first.id, second.id])
    assert {one: notice.state for one, notice in held.items()} == {second.id: NoticeState.SENT}
    assert storage.notices.due(second.receiver) == ()


def test_settled_notices_are_due_no_more(storage: Storage) -> None:
    """They keep how they ended; more than one transaction holds are settled too."""
    notices = [make_notice(f"lo-m{number}") for number in range(51)]
    post(storage, *notices)
    storage.notices.settle([sent(notice) for notice in notices])

    assert storage.notices.due("school#p1") == ()
    assert storage.notices.get_many([notices[50].id]) == {notices[50].id: sent(notices[50])}


def test_notice_that_bounced_is_due_again(storage: Storage) -> None:
    """It keeps the id of the mail that came back and what was heard of it, and waits for its time."""
    notice = make_notice()
    post(storage, notice)
    storage.notices.settle([sent(notice)])
    bounced = came_back(sent(notice))
    storage.notices.record(sent(notice), bounced)

    assert storage.notices.due("school#p1") == (bounced,)
    assert storage.work.receivers_due_before(LATER, limit=10) == ()
    assert storage.work.receivers_due_before(LATER + timedelta(minutes=2), limit=10) == ("school#p1",)


def test_notice_that_arrived_after_all_is_due_no_more(storage: Storage) -> None:
    """What is heard may come in any order."""
    notice = make_notice()
    post(storage, notice)
    storage.notices.settle([sent(notice)])
    storage.notices.record(sent(notice), came_back(sent(notice)))
    arrived = replace(sent(notice), heard=(Heard(MailOutcome.DELIVERED, NOW),))
    storage.notices.record(came_back(sent(notice)), arrived)

    assert storage.notices.due("school#p1") == ()
    assert storage.notices.get_many([notice.id]) == {notice.id: arrived}


def test_what_is_heard_of_another_mail_is_not_written(storage: Storage) -> None:
    """The notice was told anew meanwhile, or it is being told."""
    notice = make_notice()
    post(storage, notice)
    storage.notices.settle([sent(notice)])
    of_another = replace(sent(notice), message_id="mail-2")

    for before in (of_another, replace(sent(notice), state=NoticeState.SENDING)):
        with pytest.raises(Stale):
            storage.notices.record(before, came_back(before))

    assert storage.notices.due("school#p1") == ()


def test_notices_of_a_mail_are_those_it_told_last(storage: Storage) -> None:
    """All in that mail, none of another, none that has not left."""
    first, second, other, waiting = (make_notice(f"lo-m{number}") for number in range(4))
    post(storage, first, second, other, waiting)
    storage.notices.settle([sent(first), sent(second), replace(sent(other), message_id="mail-2")])

    assert storage.notices.of_mail("mail-1") == (sent(first), sent(second))
    assert storage.notices.of_mail("mail-3") == ()


def test_notice_that_delivery_adds_is_due(storage: Storage) -> None:
    """A new one, and one that was cancelled before, or overtaken while its mail may have left."""
    new, cancelled, overtaken = make_notice("lo-m1"), make_notice("lo-m2"), make_notice("lo-m3")
    post(storage, cancelled, overtaken)
    storage.notices.settle([replace(cancelled, state=NoticeState.CANCELLED)])
    storage.notices.settle([replace(overtaken, state=NoticeState.OVERTAKEN)])
    storage.notices.add([new, cancelled, overtaken])

    assert storage.notices.due("school#p1") == (new, cancelled, overtaken)


def test_notice_that_was_told_is_not_added(storage: Storage) -> None:
    """Nor one that waits to be."""
    told, waiting = make_notice("lo-m1"), make_notice("lo-m2")
    post(storage, told, waiting)
    storage.notices.settle([sent(told)])

    for notice in (told, waiting):
        with pytest.raises(AlreadyThere):
            storage.notices.add([notice])

    assert storage.notices.due("school#p1") == (waiting,)


def test_saved_notice_stays_due(storage: Storage) -> None:
    """A notice put off keeps its attempts and its later time."""
    notice = make_notice()
    post(storage, notice)
    put_off = replace(notice, attempts=1, due_at=LATER)
    storage.notices.save([put_off])

    assert storage.notices.due("school#p1") == (put_off,)


def test_settled_notice_is_not_saved(storage: Storage) -> None:
    """Who lost the lease cannot make a sent notice due again."""
    notice = make_notice()
    post(storage, notice)
    storage.notices.settle([sent(notice)])

    with pytest.raises(Stale):
        storage.notices.save([replace(notice, state=NoticeState.SENDING)])

    assert storage.notices.due("school#p1") == ()


def test_unknown_notice_is_not_saved(storage: Storage) -> None:
    """Only commits make notices."""
    with pytest.raises(Stale):
        storage.notices.save([make_notice()])


def test_states_must_fit_the_write(storage: Storage) -> None:
    """A final state is settled, another one saved."""
    with pytest.raises(ValueError, match="notice"):
        storage.notices.settle([make_notice()])
    with pytest.raises(ValueError, match="notice"):
        storage.notices.save([sent(make_notice())])


def test_receivers_due_before_a_moment(storage: Storage) -> None:
    """Each once; neither those whose notice came later nor those put off."""
    put_off = make_notice("lo-m3", receiver="jeugd#p3")
    post(
        storage,
        make_notice("lo-m1", receiver="school#p1"),
        make_notice("lo-m2", receiver="school#p1"),
        put_off,
        make_notice("lo-m4", receiver="ggd#p2", created_at=LATER),
    )
    storage.notices.save([replace(put_off, due_at=LATER)])

    assert storage.work.receivers_due_before(NOW + timedelta(minutes=2), limit=10) == ("school#p1",)
    assert sorted(storage.work.receivers_due_before(LATER + timedelta(minutes=2), limit=10)) == [
        "ggd#p2",
        "jeugd#p3",
        "school#p1",
    ]


def test_receivers_due_are_limited(storage: Storage) -> None:
    """No more than asked for."""
    post(storage, *(make_notice(f"lo-m{number}", receiver=f"school#p{number}") for number in range(5)))

    assert len(storage.work.receivers_due_before(LATER, limit=3)) == 3


def test_settled_receivers_are_not_due(storage: Storage) -> None:
    """When the last notice is settled nothing is due."""
    notice = make_notice()
    post(storage, notice)
    storage.notices.settle([sent(notice)])

    assert storage.work.receivers_due_before(LATER, limit=10) == ()


def test_receivers_are_woken_as_often_as_asked(storage: Storage) -> None:
    """A wake needs no row to be there before, and can be repeated."""
    storage.notices.wake(["school#p1", "ggd#p2"])
    storage.notices.wake(["school#p1"])
    storage.notices.wake([])
