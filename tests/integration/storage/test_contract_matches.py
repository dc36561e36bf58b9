"""What every match store does: one transaction per match, guarded by the signals it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.match import ContactState, EndReason, Match, MatchState
from chalicelib.matching.decision import Basis, Explanation, FieldEvidence, MatchKind
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale
from chalicelib.ports.storage import Guard, MatchChange, Storage, UniqueName
from tests.builders import NOW, make_match, make_signal
from tests.integration.storage.given import change, close, give, make_notice

EXPLANATION = Explanation(
    rule="weights",
    model_version="1",
    evidence=(FieldEvidence("surname", "EXACT", 8.25, 1.5), FieldEvidence("bsn", "MISSING", 0.0)),
    total=8.25,
    match_threshold=7.0,
    possible_threshold=3.5,
)
MATCH = make_match(make_signal("lo-s1"), make_signal("lo-s2", organisation="ggd"), explanation=EXPLANATION)


def commit(
    storage: Storage,
    match: Match = MATCH,
    previous: int | None = None,
    **parts: object,
) -> Match:
    """The match, written."""
    base = MatchChange(match=match, previous_revision=previous, guards=(), notices=(), name=None)
    storage.matches.commit(replace(base, **parts))  # type: ignore[arg-type] # parts of the change
    return match


def test_match_reads_back_with_its_explanation(storage: Storage) -> None:
    """Every field returns."""
    household = make_match(
        make_signal("lo-s1"),
        make_signal("lo-s2", organisation="ggd"),
        MatchKind.HOUSEHOLD,
        basis=frozenset(Basis),
        rests_on=frozenset({"lo-s1", "lo-s2", "lo-s3"}),
        explanation=EXPLANATION,
    )
    commit(storage, household)

    assert storage.matches.get(household.id) == household


def test_unknown_match_is_none(storage: Storage) -> None:
    """Who asks for a match that never was gets None."""
    assert storage.matches.get("lo-none") is None
    assert storage.matches.of_signal("lo-none") == ()


def test_both_sides_list_the_match(storage: Storage) -> None:
    """Each side lists its matches by id, without explanation."""
    commit(storage)
    other = commit(storage, make_match(make_signal("lo-s2", organisation="ggd"), make_signal("lo-s3")))
    first = replace(MATCH, explanation=None)

    assert storage.matches.of_signal("lo-s1") == (first,)
    assert storage.matches.of_signal("lo-s2") == tuple(sorted((first, other), key=lambda one: one.id))


def test_match_is_created_once(storage: Storage) -> None:
    """Who creates it again writes nothing."""
    commit(storage)

    with pytest.raises(AlreadyThere):
        commit(storage, replace(MATCH, match_key="M-BBBB-BBBB-B"))

    assert storage.matches.get(MATCH.id) == MATCH


def test_match_ends_and_returns(storage: Storage) -> None:
    """What an end filled in is empty again when the match is back."""
    commit(storage)
    ended = replace(
        MATCH,
        revision=2,
        state=MatchState.ENDED,
        ended_at=NOW + timedelta(days=1),
        end_reason=EndReason.SIGNAL_ENDED,
        contact=ContactState.MADE,
    )
    commit(storage, ended, previous=1)
    assert storage.matches.get(MATCH.id) == ended
    back = replace(MATCH, revision=3, episode=2)
    commit(storage, back, previous=2)

    assert storage.matches.get(MATCH.id) == back
    assert storage.matches.of_signal("lo-s1") == (replace(back, explanation=None),)


def test_match_without_explanation_keeps_the_stored_one(storage: Storage) -> None:
    """A match read from a mirror can be written back."""
    commit(storage)
    commit(storage, replace(MATCH, revision=2, match_key="M-BBBB-BBBB-B", explanation=None), previous=1)

    assert storage.matches.get(MATCH.id) == replace(MATCH, revision=2, match_key="M-BBBB-BBBB-B")


@pytest.mark.parametrize("previous", [1, 3])
def test_other_revision_is_stale(storage: Storage, previous: int) -> None:
    """Who read before another's write, or claims to have read the future, writes nothing."""
    commit(storage)
    second = commit(storage, replace(MATCH, revision=2), previous=1)

    with pytest.raises(Stale):
        commit(storage, replace(MATCH, revision=previous + 1, episode=9), previous=previous)

    assert storage.matches.get(MATCH.id) == second


def test_missing_match_is_stale(storage: Storage) -> None:
    """What is not there has no revision."""
    with pytest.raises(Stale):
        commit(storage, replace(MATCH, revision=2), previous=1)


def test_guards_that_hold_let_the_match_through(storage: Storage) -> None:
    """A guard that does not ask for an active signal holds for an ended one too."""
    give(storage, "lo-s1")
    close(storage, give(storage, "lo-s2"))
    commit(
        storage,
        guards=(
            Guard(signal_id="lo-s1", revision=1, active=True),
            Guard(signal_id="lo-s2", revision=2, active=False),
        ),
    )

    assert storage.matches.get(MATCH.id) == MATCH


def test_changed_signal_stops_the_match(storage: Storage) -> None:
    """Nothing is written: no row, no mirror, no notice."""
    change(storage, give(storage))
    notice = make_notice()

    with pytest.raises(Stale):
        commit(storage, guards=(Guard(signal_id="lo-s1", revision=1, active=True),), notices=(notice,))

    assert storage.matches.get(MATCH.id) is None
    assert storage.matches.of_signal("lo-s1") == ()
    assert storage.notices.due(notice.receiver) == ()


def test_ended_signal_stops_an_active_match(storage: Storage) -> None:
    """The revision is right, the state is not."""
    close(storage, give(storage))

    with pytest.raises(Stale):
        commit(storage, guards=(Guard(signal_id="lo-s1", revision=2, active=True),))


def test_missing_signal_stops_the_match(storage: Storage) -> None:
    """A guard needs its signal to exist."""
    with pytest.raises(Stale):
        commit(storage, guards=(Guard(signal_id="lo-s1", revision=1, active=False),))


def test_notices_come_with_their_match(storage: Storage) -> None:
    """They are due at once."""
    notices = (make_notice(receiver="school#p1"), make_notice(receiver="ggd#p2", signal_id=None))
    commit(storage, notices=notices)

    assert storage.notices.due("school#p1") == notices[:1]
    assert storage.notices.due("ggd#p2") == notices[1:]


def test_notice_is_written_once(storage: Storage) -> None:
    """A notice that exists stops the match that would write it again."""
    commit(storage, notices=(make_notice(),))

    with pytest.raises(AlreadyThere):
        commit(storage, replace(MATCH, revision=2), previous=1, notices=(make_notice(),))

    assert storage.matches.get(MATCH.id) == MATCH


def test_match_key_is_claimed_with_the_match(storage: Storage) -> None:
    """Another match cannot claim the same key."""
    name = UniqueName(name="match-key#M-AAAA-AAAA-A", target=MATCH.id)
    commit(storage, name=name)
    other = make_match(make_signal("lo-s3"), make_signal("lo-s4", organisation="ggd"))

    with pytest.raises(NameTaken) as refusal:
        commit(storage, other, name=replace(name, target=other.id))

    assert refusal.value.target == MATCH.id
    assert storage.matches.get(other.id) is None
