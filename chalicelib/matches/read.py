"""Who else is involved, and why the index says so: the matches of own signals (D16, D18, D22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import CardMissing, MatchNotFound, SignalErased, SignalNotFound
from chalicelib.domain.match import Audience, ContactState, Match, MatchState, Side
from chalicelib.domain.organisation import (
    ContactCard,
    card_if_known,
    receiver_key,
    shown_name,
)
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matches.looked_at import note_look
from chalicelib.matches.succession import Succession, as_heirs, going_on
from chalicelib.matching import Basis, Explanation, MatchKind
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMatch:
    """A match as the one side may see it: the other's contact card, never their youth (D18).

    ``signal_id`` is the own side's; ``basis`` is empty for a person match; ``since`` is when this
    episode began. ``counterpart`` is None when their card cannot be read; ``organisation`` is then what
    theirs is called, None when that is not known either.
    """

    id: str
    signal_id: str
    kind: MatchKind
    basis: tuple[Basis, ...]
    state: MatchState
    match_key: str
    since: datetime
    counterpart: ContactCard | None
    organisation: str | None
    contact: ContactState


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedMatch:
    """Why a match was made: fields and levels by name, never a value of either side (D22).

    ``at`` is when the evidence was weighed; of an ended match, for the last time.
    """

    id: str
    at: datetime
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMatches:
    """Reads matches for those in them, and records who looked (D39) and that they did (D16)."""

    storage: Storage
    names: Names
    clock: Clock

    def of_signal(self, caller: Caller, signal_id: str) -> tuple[SeenMatch, ...]:
        """The matches of an own signal, oldest first; ended ones with state ENDED.

        One whose card got lost is among them, without it.

        Raises SignalNotFound, also for another organisation's signal (D16).
        """
        now = self.clock.now()
        signal = self.storage.signals.sealed([signal_id]).get(signal_id)
        if signal is None or signal.organisation_id != caller.organisation.id:
            raise SignalNotFound
        if signal.state is SignalState.ERASED:
            raise SignalErased
        succession = Succession(self.storage.signals.sealed)
        seen = self._seen(signal, self._listed(succession, signal), succession, amsterdam_day(now))
        note_look(self.storage.counts, signal_id, now)
        self._log(caller, Act.MATCHES_READ, signal_id, now, signal)
        return seen

    def one(self, caller: Caller, match_id: str) -> SeenMatch:
        """One match, ended or not; of a signal that was renewed, the match that goes on in its place (D7).

        Raises MatchNotFound for whoever is not in it (D16), CardMissing when the other's card got lost.
        """
        now = self.clock.now()
        match, own = self._own(caller, match_id)
        succession = Succession(self.storage.signals.sealed)
        signal = succession.signals([own.signal_id])[succession.heir(own.signal_id)]
        going_on = [self._going_on(match, signal, succession)]
        (seen,) = self._seen(signal, going_on, succession, amsterdam_day(now))
        if seen.counterpart is None:
            raise CardMissing
        note_look(self.storage.counts, signal.id, now)
        self._log(caller, Act.MATCH_READ, match_id, now, signal)
        return seen

    def explanation(self, caller: Caller, match_id: str) -> ExplainedMatch:
        """Why a match was made, ended or not. Raises MatchNotFound for whoever is not in it (D16)."""
        now = self.clock.now()
        match, own = self._own(caller, match_id)
        if match.explanation is None:
            raise LookupError("a match is written with its explanation, and keeps it")
        note_look(self.storage.counts, own.signal_id, now)
        signal = self.storage.signals.sealed([own.signal_id])[own.signal_id]
        self._log(caller, Act.EXPLANATION_READ, match_id, now, signal)
        return ExplainedMatch(id=match.id, at=match.explained_at, explanation=match.explanation)

    def _own(self, caller: Caller, match_id: str) -> tuple[Match, Side]:
        match = self.storage.matches.get(match_id)
        if match is None or match.audience is not Audience.BETWEEN_ORGANISATIONS:
            raise MatchNotFound
        for side in match.sides:
            if side.organisation_id == caller.organisation.id:
                return match, side
        raise MatchNotFound

    def _listed(self, succession: Succession, signal: Signal) -> tuple[Match, ...]:
        """A signal's matches, and those it still has to take over from whose place it took (D7)."""
        own = self.storage.matches.of_signal(signal.id)
        before = succession.lineage(signal.id)[1:] if signal.renewed_by is None else ()
        taken_over = (
            match
            for one in before
            for match in self.storage.matches.of_signal(one)
            if match.state is MatchState.ACTIVE
        )
        matches = [one for one in (*own, *taken_over) if one.audience is Audience.BETWEEN_ORGANISATIONS]
        heirs = succession.heirs(side.signal_id for match in matches for side in match.sides)
        heirs.pop(signal.id, None)
        return going_on(as_heirs(match, heirs) for match in matches)

    def _going_on(self, match: Match, signal: Signal, succession: Succession) -> Match:
        """The match that goes on in the place of one whose signals were renewed; else itself."""
        heirs = succession.heirs(side.signal_id for side in match.sides)
        if not heirs:
            return match
        mapped = as_heirs(match, heirs)
        same = (one for one in self._listed(succession, signal) if _is_of(one, mapped))
        return next(same, mapped)

    def _log(self, caller: Caller, act: Act, resource: str, now: datetime, own: Signal) -> None:
        entry = caller.entry(act, resource, at=now, token=self.names.token(), youth=own.pseudonym)
        self.storage.audit.append(entry)

    def _seen(
        self, signal: Signal, matches: Sequence[Match], succession: Succession, today: date
    ) -> tuple[SeenMatch, ...]:
        if not matches:
            return ()
        others = succession.signals(match.other_side(signal.id).signal_id for match in matches)
        sides = [_side_now(match.other_side(signal.id), others) for match in matches]
        organisations = self.storage.organisations.get_many({side.organisation_id for side in sides})
        professionals = self.storage.organisations.professionals(
            {receiver_key(side.organisation_id, side.professional_id) for side in sides}
        )
        seen = []
        for match in sorted(matches, key=lambda match: (match.since, match.id)):
            side = _side_now(match.other_side(signal.id), others)
            organisation = organisations.get(side.organisation_id)
            professional = professionals.get(receiver_key(side.organisation_id, side.professional_id))
            seen.append(
                SeenMatch(
                    id=match.id,
                    signal_id=signal.id,
                    kind=match.kind,
                    basis=tuple(sorted(match.basis)),
                    state=_state(match, signal, others, today),
                    match_key=match.match_key,
                    since=match.since,
                    counterpart=card_if_known(organisation, professional),
                    organisation=None if organisation is None else shown_name(organisation),
                    contact=match.contact,
                )
            )
        return tuple(seen)


def _state(match: Match, signal: Signal, others: Mapping[str, Signal], today: date) -> MatchState:
    """A match with a side past its last day has ended, whatever the nightly run has done (D8)."""
    other = others.get(match.other_side(signal.id).signal_id)
    alive = other is not None and other.is_active(today) and signal.is_active(today)
    return match.state if alive else MatchState.ENDED


def _is_of(match: Match, mapped: Match) -> bool:
    return match.kind is mapped.kind and all(match.concerns(side.signal_id) for side in mapped.sides)


def _side_now(side: Side, signals: Mapping[str, Signal]) -> Side:
    """The side with whoever holds the signal now, who may have taken it over a moment ago (D28)."""
    held = signals.get(side.signal_id)
    return side if held is None else replace(side, professional_id=held.professional_id)
