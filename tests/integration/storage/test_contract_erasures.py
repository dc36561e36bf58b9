"""What every store of erasures does: certificates, and the removal of what outlives a record (D33, D38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.match import Match
from chalicelib.domain.notice import NoticeState
from chalicelib.domain.signal import Signal, SignalVerdict
from chalicelib.ports.errors import NameTaken, Stale
from chalicelib.ports.storage import MatchChange, ReviewChange, SignalChange, Storage, UniqueName
from chalicelib.signals.erase import erased
from tests.builders import NOW, make_match, make_review
from tests.integration.storage.conftest import Region
from tests.integration.storage.given import give, make_notice, new_audit, new_signal

pytestmark = pytest.mark.rule("D38")


def certificate(signal: Signal) -> ErasureCertificate:
    """That this signal is being erased."""
    return ErasureCertificate(
        signal_id=signal.id,
        organisation_id=signal.organisation_id,
        ground=ErasureGround.RIGHT,
        erased_at=NOW,
        backup_until=NOW + timedelta(days=35),
    )


def erase(storage: Storage, signal: Signal) -> ErasureCertificate:
    """Write an erasure with its certificate."""
    begun = replace(certificate(signal).with_gone("keys", len(signal.keys)), line=frozenset({"lo-s9"}))
    storage.signals.change(
        SignalChange(
            previous=signal,
            signal=erased(signal, ErasureGround.RIGHT, NOW),
            released=(),
            audit=new_audit(),
            erasure=begun,
        )
    )
    return begun


def matched(storage: Storage, key: str = "M-4TZ9-K3WD-7") -> Match:
    """A match between two signals that were given, with a key of its own."""
    own, other = give(storage, "lo-s1"), give(storage, "lo-s2", organisation="ggd")
    match = make_match(own, other, match_key=key)
    name = UniqueName(name=f"match-key#{key}", target=match.id)
    storage.matches.commit(MatchChange(match=match, previous_revision=None, guards=(), notices=(), name=name))
    return match


def test_an_erasure_and_its_certificate_are_one_write(storage: Storage) -> None:
    """Nothing finds the signal any more, and the ledger has it as unfinished."""
    signal = give(storage)

    begun = erase(storage, signal)

    assert storage.erasures.get(signal.id) == begun
    assert storage.erasures.unfinished(limit=10) == (signal.id,)
    assert not any(storage.signals.holders(signal.keys).values())
    assert storage.signals.get(signal.id) == erased(signal, ErasureGround.RIGHT, NOW)


def test_an_erasure_of_what_changed_meanwhile_writes_nothing(storage: Storage) -> None:
    """Neither the erasure nor its certificate."""
    signal = give(storage)

    with pytest.raises(Stale):
        erase(storage, replace(signal, revision=7))

    assert storage.erasures.get(signal.id) is None
    assert storage.erasures.unfinished(limit=10) == ()


def test_what_more_goes_is_added_until_it_is_completed(storage: Storage) -> None:
    """Then it is unfinished no more, and stays in the ledger."""
    begun = erase(storage, give(storage))
    more = begun.with_gone("matches", 1, "lo-m1").with_gone("matches", 2, "lo-m2", "lo-m3")
    storage.erasures.save(more)

    assert storage.erasures.get(begun.signal_id) == more
    assert more.counts["matches"] == 3
    assert more.pairs == {"lo-m1", "lo-m2", "lo-m3"}
    assert storage.erasures.unfinished(limit=10) == (begun.signal_id,)

    storage.erasures.save(replace(more, completed_at=NOW))

    assert storage.erasures.get(begun.signal_id) == replace(more, completed_at=NOW)
    assert storage.erasures.unfinished(limit=10) == ()


def test_who_finished_an_earlier_erasure_does_not_finish_the_later_one(storage: Storage) -> None:
    """A retracted signal that is erased on a right as well: what that adds is not to be lost."""
    signal = give(storage)
    begun = erase(storage, signal)
    once = erased(signal, ErasureGround.RIGHT, NOW)
    later = replace(begun, erased_at=NOW + timedelta(days=1))
    storage.signals.change(
        SignalChange(
            previous=once,
            signal=replace(once, revision=3),
            released=(),
            audit=new_audit(),
            erasure=later,
        )
    )

    with pytest.raises(Stale):
        storage.erasures.save(replace(begun, completed_at=NOW))

    assert storage.erasures.get(signal.id) == later
    assert storage.erasures.unfinished(limit=10) == (signal.id,)


def test_what_is_unfinished_is_listed_in_parts(storage: Storage) -> None:
    """By id; each part goes on after the one before."""
    for one in ("lo-s1", "lo-s2", "lo-s3"):
        erase(storage, give(storage, one))

    first = storage.erasures.unfinished(limit=2)

    assert first == ("lo-s1", "lo-s2")
    assert storage.erasures.unfinished(limit=2, after=first[-1]) == ("lo-s3",)
    assert storage.erasures.unfinished(limit=2, after="lo-s3") == ()


def test_a_certificate_is_kept_as_long_as_the_trail(region: Region) -> None:
    """By ids and counts it says no more than the trail does."""
    begun = erase(region.storage, give(region.storage))

    region.clock.moment = NOW.replace(year=NOW.year + 5) - timedelta(seconds=1)
    assert region.storage.erasures.get(begun.signal_id) == begun
    region.clock.moment = NOW.replace(year=NOW.year + 5)
    assert region.storage.erasures.get(begun.signal_id) is None


def test_the_notices_of_a_match_go_with_their_due_items(storage: Storage) -> None:
    """All of it, and none of another; removing them again is harmless."""
    own, due = make_notice("lo-m1"), make_notice("lo-m1", "ggd#p1")
    others = make_notice("lo-m2")
    storage.notices.add([own, due, others])
    found = storage.erasures.notices_of("lo-m1")

    assert {notice.id for notice in found} == {own.id, due.id}
    for _ in range(2):
        storage.erasures.remove_notices(found)

    assert storage.erasures.notices_of("lo-m1") == ()
    assert storage.notices.due("school#p1") == (others,)
    assert storage.notices.due("ggd#p1") == ()


def test_a_match_goes_from_both_of_its_sides(storage: Storage) -> None:
    """At the revision that was read; a match that is gone already does not matter."""
    match = matched(storage)

    with pytest.raises(Stale):
        storage.erasures.remove_pair(replace(match, revision=9))
    assert storage.matches.get(match.id) is not None

    for _ in range(2):
        storage.erasures.remove_pair(match)

    assert storage.matches.get(match.id) is None
    assert [storage.matches.links_of(one).matches for one in ("lo-s1", "lo-s2")] == [(), ()]


def test_the_key_of_a_match_that_went_is_given_to_nobody_else(storage: Storage) -> None:
    """Somebody may still have it on paper."""
    match = matched(storage)
    storage.erasures.remove_pair(match)

    with pytest.raises(NameTaken):
        storage.signals.add(
            new_signal(
                replace(storage_signal(storage), id="lo-s9"),
                names=[UniqueName(name=f"match-key#{match.match_key}", target="lo-s9")],
            )
        )


def storage_signal(storage: Storage) -> Signal:
    """A signal that is there."""
    found = storage.signals.get("lo-s1")
    assert found is not None
    return found


def test_a_review_goes_from_both_of_its_sides(storage: Storage) -> None:
    """As a match does."""
    review = make_review(give(storage, "lo-s1"), give(storage, "lo-s2", organisation="ggd"))
    storage.reviews.commit(ReviewChange(review=review, previous_revision=None, guards=()))

    storage.erasures.remove_pair(review)

    assert storage.reviews.get(review.id) is None
    assert [storage.matches.links_of(one).reviews for one in ("lo-s1", "lo-s2")] == [(), ()]


def test_a_verdict_about_it_is_taken_back(storage: Storage) -> None:
    """By a revision of the other signal, which is reconciled; those about others stand."""
    kept = SignalVerdict("lo-s8", same=False)
    other = give(storage, "lo-s2", verdicts=frozenset({SignalVerdict("lo-s1", same=True), kept}))

    assert storage.erasures.take_back_verdicts("lo-s2", "lo-s1", NOW)

    held, pending = storage.signals.get("lo-s2"), storage.work.pending("lo-s2")
    assert held == replace(other, revision=other.revision + 1, verdicts=frozenset({kept}))
    assert pending is not None
    assert pending.revision == other.revision + 1
    assert not storage.erasures.take_back_verdicts("lo-s2", "lo-s1", NOW)
    assert not storage.erasures.take_back_verdicts("lo-nobody", "lo-s1", NOW)


@pytest.mark.rule("D37")
def test_what_was_told_is_handed_on_and_sent_to_nobody(storage: Storage) -> None:
    """It is written as told; where a notice says so by itself that one stays."""
    notice = make_notice("lo-m9", state=NoticeState.SENT)

    storage.erasures.hand_on([notice])

    assert storage.notices.get_many([notice.id]) == {notice.id: notice}
    assert storage.notices.due(notice.receiver) == ()
    with pytest.raises(Stale):
        storage.erasures.hand_on([notice])
    for unsaid in (NoticeState.CANCELLED, NoticeState.OVERTAKEN):
        storage.notices.settle([replace(notice, state=unsaid)])
        storage.erasures.hand_on([notice])
        assert storage.notices.get_many([notice.id]) == {notice.id: notice}
