"""What professionals and supervisors heard, against what is (D7, D15, D17, D28, D37)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chalicelib.domain.match import MatchState
from chalicelib.domain.notice import NoticeKind, NoticeState, notice_id
from chalicelib.domain.signal import SignalState
from chalicelib.matching import MatchKind
from chalicelib.notices.records import receiver_of
from tests.simulation.clients import receiver
from tests.simulation.handover import Handovers
from tests.simulation.oracle import Truth, standing_for, truth_of
from tests.simulation.post import Word
from tests.simulation.region import Region
from tests.simulation.stores import SteppedState

SUPERVISOR = "utrecht#regie"
OF_A_REQUEST = {NoticeKind.ADVICE, NoticeKind.TERM}


def told_more_than_once(region: Region) -> Iterator[str]:
    """Without failures no mail says what the receiver knows already, nor ends what never began (D7, D15)."""
    truth = truth_of(region)
    standing: dict[tuple[str, str, str, MatchKind], bool] = {}
    merged = truth.merged_silently()
    for word in _words(region):
        about = word.receiver, word.number, word.counterpart, word.kind
        silent = merged.get(word.number, set())
        if standing.get(about, False) and word.begun and word.counterpart not in silent:
            yield f"{word} was told again"
        standing[about] = word.begun
    for group in truth.persons:
        for whose in {receiver(region.state.signals[one]) for one in group}:
            yield from _told_once_per_person(region, truth, whose, group)


def _told_once_per_person(region: Region, truth: Truth, whose: str, group: frozenset[str]) -> Iterator[str]:
    """Of signals that never changed and match by themselves, one word per counterpart is enough."""
    state = region.state
    own = [
        one
        for one in sorted(group)
        if receiver(state.signals[one]) == whose and state.signals[one].revision == 1
    ]
    if len(own) < 2 or any(signal.revision > 1 for signal in state.signals.values()):
        return
    numbers = {state.signals[one].number for one in own}
    words = [
        one
        for one in region.post.words
        if (one.receiver, one.kind) == (whose, MatchKind.PERSON) and one.number in numbers
    ]
    known: set[str] = set()
    for word in words:
        if word.begun and word.counterpart in known and truth.alike(own):
            yield f"{word} was told on a renewed signal too"
        known = known | {word.counterpart} if word.begun else known - {word.counterpart}


@dataclass(frozen=True, slots=True)
class _About:
    """On which own signal a receiver heard of whom; ``counterpart`` is who has their work by now."""

    receiver: str
    number: str
    kind: MatchKind
    counterpart: str


def _words(region: Region) -> Iterator[Word]:
    """What was told, each on the signal that stands by now in the place of the one it was told on (D7)."""
    stored = region.state.signals
    numbers = {one.number: standing_for(stored, one.id).number for one in stored.values()}
    for word in region.post.words:
        yield replace(word, number=numbers[word.number])


def broken_words(region: Region, truth: Truth, handovers: Handovers) -> Iterator[str]:
    """Told equals what is, per receiver and case (D15, D17, D37).

    Whoever took a signal over must have been told anew; to the others they are who left (D28).
    """
    last: dict[_About, dict[str, Word]] = {}
    merged = truth.merged_silently()
    for word in _words(region):
        of_them = last.setdefault(
            _About(word.receiver, word.number, word.kind, handovers.now(word.counterpart)), {}
        )
        of_them.pop(word.counterpart, None)
        of_them[word.counterpart] = word
    for signal in region.state.signals.values():
        whose = receiver(signal)
        if signal.state is not SignalState.ACTIVE or whose in region.post.rejected:
            continue
        for kind in MatchKind:
            involved = {handovers.now(one) for one in truth.involved(signal.id, kind)}
            known = truth.case_numbers(signal.id, kind)
            for other in sorted(involved):
                told = [last.get(_About(whose, number, kind, other), {}).values() for number in known]
                if not any(word.begun for words in told for word in words):
                    yield f"{whose} does not know of {other} ({kind}, {signal.id})"
            for about, words in last.items():
                other, word = about.counterpart, [*words.values()][-1]
                of_this = (about.receiver, about.number, about.kind) == (whose, signal.number, kind)
                same = {handovers.now(one) for one in merged.get(signal.number, set())}
                silent = kind is MatchKind.HOUSEHOLD and other in same
                if of_this and word.begun and other not in involved and not silent:
                    yield f"{whose} still believes in {other} ({kind}, {signal.id})"
    yield from _supervised(region)


def brought_together(state: SteppedState) -> set[frozenset[str]]:
    """The professionals of whom a supervisor was told by a notice that is there."""
    return {
        frozenset(map(receiver_of, state.matches[notice.match_id].sides))
        for notice in state.notices.values()
        if notice.receiver == SUPERVISOR
        and notice.state is NoticeState.SENT
        and notice.kind not in OF_A_REQUEST
    }


def _supervised(region: Region) -> Iterator[str]:
    """The supervisor hears which professionals a match that was news brought together (D17)."""
    state, supervisor = region.state, SUPERVISOR
    known = state.supervised | brought_together(state)
    for match in state.matches.values():
        if match.state is not MatchState.ACTIVE or supervisor in region.post.rejected or match.episode > 1:
            continue
        signals = [state.signals[side.signal_id] for side in match.sides]
        codes = {one.youth.address.municipality_code for one in signals if one.youth and one.youth.address}
        ids = [notice_id(match.id, 1, NoticeKind.STARTED, receiver(one)) for one in signals]
        unchanged = all(signal.revision == 1 for signal in signals)
        news = any(one in state.notices and state.notices[one].created_at == match.since for one in ids)
        if unchanged and news and "0344" in codes and frozenset(map(receiver, signals)) not in known:
            yield f"the supervisor does not know of {match.kind} match {sorted(match.rests_on)}"
