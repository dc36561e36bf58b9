"""What families ask in a life, and what follows: requests from filing to their end, and a death."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Final

from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.rights import (
    Advice,
    Ground,
    IdentityCheck,
    Measure,
    Requester,
    RequesterRole,
    RequestKind,
    RequestState,
    RightsRequest,
    Ruling,
)
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.rights.file import NewRequest
from chalicelib.rights.rulings import GivenDecision, GivenMeasure
from chalicelib.rights.telling import told_that_it_is_erased
from tests.lives.desk import HANDLER
from tests.lives.professionals import Professionals
from tests.simulation.families import CHILDREN, written
from tests.simulation.oracle import standing_for

_GRANTING: Final = {
    RequestKind.ACCESS: (Measure.SHOWN,),
    RequestKind.COPY: (Measure.SHOWN,),
    RequestKind.RECTIFICATION: (Measure.CORRECTED, Measure.CORRECTED, Measure.CLOSED, Measure.ERASED),
    RequestKind.OBJECTION: (Measure.CLOSED, Measure.ERASED),
    RequestKind.ERASURE: (Measure.ERASED, Measure.ERASED, Measure.CLOSED),
    RequestKind.RESTRICTION: (Measure.RESTRICTED,),
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction: the youth is to be this one, with the number that the signal may hold."""

    youth: Youth

    def applied_to(self, youth: Youth) -> Youth:
        """The youth as it is to be."""
        return replace(self.youth, bsn=youth.bsn)


@dataclass(slots=True)
class Families(Professionals):
    """Plays what families ask, and what handlers and administrators do."""

    filed: dict[str, int] = field(default_factory=dict)
    """By request: within how many days the law wanted an answer when it was filed."""

    def ask(self, chance: Random) -> str:
        """A family asks for something about a child; sometimes about some of its signals alone."""
        child = CHILDREN[0] if chance.random() < 0.5 else chance.choice(CHILDREN)
        named = self._some(chance, {SignalState.ACTIVE}) if chance.random() < 0.2 else None
        youth = child.youth if named is None or named.youth is None else named.youth
        kind = chance.choice(list(RequestKind))
        new = NewRequest(
            kind=kind,
            received_on=self.today - timedelta(days=chance.choice((0, 0, 3))),
            requester=Requester(
                role=chance.choice(list(RequesterRole)),
                checked_on=self.today,
                checked_how=IdentityCheck.KNOWN_IN_PERSON,
            ),
            youth=youth,
            signal_ids=None if named is None else (named.id,),
            hides=chance.random() < 0.4,
        )

        def ask() -> None:
            request = self.desk.rights.file(HANDLER, new)
            self.filed[request.id] = self.region.legal.answer_within_days

        self._do("ask", ask)
        return f"a family asks for {kind} about {child.name}, hides {new.hides}"

    def settle(self, chance: Random) -> str:
        """The handler says of a doubtful signal whether it is about this youth."""
        request, concerns = self._request(chance), chance.random() < 0.6
        doubtful = [one.signal_id for one in request.concerned] if request is not None else []
        if request is None or not doubtful:
            return "nothing is doubted"
        one, which = chance.choice(doubtful), request.id
        self._do(
            "settle",
            lambda: self.desk.rights.change.concern(HANDLER, which, one, None, concerns=concerns),
        )
        return f"of {one} is said that {request.id} concerns it: {concerns}"

    def advise(self, chance: Random) -> str:
        """An organisation advises on its own signal (D31)."""
        request, advice = self._request(chance), chance.choice(list(Advice))
        asked = [one for one in request.concerned if one.asked_at is not None] if request is not None else []
        if request is None or not asked:
            return "no advice is asked"
        one, which = chance.choice(asked), request.id
        ground = Ground.SIGNAL_JUSTIFIED if advice is Advice.REFUSE else None
        caller = self.desk.acting(one.organisation_id, "p1")
        self._do(
            "advise",
            lambda: self.desk.rights.advise.give(caller, which, {one.signal_id: (advice, ground)}),
        )
        return f"{one.organisation_id} advises on {request.id}: {advice}"

    def hide(self, chance: Random) -> str:
        """A restriction is granted for as long as it is decided, or lifted (D33)."""
        request, lifts = self._request(chance), chance.random() < 0.5
        if request is None:
            return "there is no request"
        which, change = request.id, self.desk.rights.change
        act = change.bring_back if lifts else change.hide
        self._do("hide", lambda: act(HANDLER, which, None))
        return f"{request.id} hides its signals no more" if lifts else f"{request.id} hides its signals"

    def decide(self, chance: Random) -> str:
        """The handler settles what is doubtful, and decides (D33)."""
        request = self._request(chance)
        ruling = chance.choice((*Ruling, Ruling.GRANTED, Ruling.GRANTED, Ruling.PARTLY))
        seed = chance.getrandbits(32)
        if request is None:
            return "there is no request"
        which = request.id

        def decide() -> None:
            held = self.region.state.requests[which]
            for one in held.concerned:
                if one.concerns is None and held.state is RequestState.OPEN:
                    self.desk.rights.change.concern(HANDLER, which, one.signal_id, None, concerns=False)
            given = self._decision(self.region.state.requests[which], ruling, Random(seed))
            self.desk.rights.decide(HANDLER, which, given, None)

        self._do("decide", decide)
        return f"{request.id}, {request.kind}, is decided: {ruling}"

    def die(self, chance: Random) -> str:
        """A professional reports that a youth died; of that signal nothing stays (D34)."""
        signal = self._some(chance, {SignalState.ACTIVE, SignalState.RESTRICTED})
        if signal is None:
            return "nobody dies"
        caller, alike = self.desk.acting(signal.organisation_id), self._alike(signal)

        def die() -> None:
            self.desk.report_death(caller, signal.id)
            report = self.region.state.reports[f"death#{signal.id}"]
            missed = alike - set(str(report["others"]).split())
            if missed:
                self.broken.append(f"the report of {signal.id} knows nothing of {sorted(missed)}")

        self._do("die", die)
        return f"{signal.id}, {signal.state}, is about a youth who died"

    def _alike(self, signal: Signal) -> set[str]:
        """Others that nobody can doubt: the same record, number and all, running or kept."""
        held = self.region.state.signals.values()
        alike = [one for one in held if one.youth == signal.youth and not one.verdicts]
        certain = signal.youth is not None and signal.youth.bsn is not None and not signal.verdicts
        return {
            one.id
            for one in alike
            if certain and one.id != signal.id and (one.is_active(self.today) or one.restricted_by)
        }

    def confirm(self, chance: Random) -> str:
        """An administrator confirms a death."""
        names = sorted(name for name in self.region.state.reports if name.startswith("death#"))
        if not names:
            return "there is no death to confirm"
        one = chance.choice(names).removeprefix("death#")

        def confirm() -> None:
            while not (report := self.region.confirm_death.confirm(HANDLER, one)).is_done:
                continue
            stored = self.region.state.signals
            left = [
                each for each in report.others if standing_for(stored, each).state is not SignalState.ERASED
            ]
            if left:
                self.broken.append(f"of the youth of {one}, who died, {left} go on")

        self._do("confirm", confirm)
        return f"the death of the youth of {one} is confirmed"

    def erase(self, chance: Random) -> str:
        """A signal turns out to be wrong, whatever became of it."""
        signal = self._some(chance, set(SignalState) - {SignalState.ERASED})
        if signal is None:
            return "there is nothing to erase"
        self._do(
            "erase",
            lambda: self.region.erase(signal.id, ErasureGround.RIGHT, HANDLER, told_that_it_is_erased),
        )
        return f"{signal.id}, {signal.state}, is erased"

    def withdraw_all(self) -> None:
        """Whatever was asked is withdrawn, and what was restricted is so no more: a life has an end."""
        for one, request in sorted(self.region.state.requests.items()):
            rights = self.desk.rights
            if request.state is RequestState.OPEN:
                given = GivenDecision(ruling=Ruling.WITHDRAWN, ground=None, measures=())
                rights.decide(HANDLER, one, given, None)
            elif request.state is RequestState.DECIDED:
                rights.change.bring_back(HANDLER, one, None)

    def _request(self, chance: Random) -> RightsRequest | None:
        """Some request; mostly one that is open."""
        requests = [one for _, one in sorted(self.region.state.requests.items())]
        still = [one for one in requests if one.is_open]
        some = still if still and chance.random() < 0.9 else requests
        return chance.choice(some) if some else None

    def _decision(self, request: RightsRequest, ruling: Ruling, chance: Random) -> GivenDecision:
        """A decision that mostly follows the rules."""
        concerned = [one.signal_id for one in request.concerned if one.concerns]
        granting = _GRANTING[request.kind]
        measures = []
        for at, one in enumerate(concerned):
            if ruling is Ruling.PARTLY and at == 0:
                continue
            measure = chance.choice(granting)
            edit = None
            if measure is Measure.CORRECTED:
                edit = Corrected(written(chance.choice(CHILDREN), chance, with_bsn=False))
            measures.append(GivenMeasure(signal_id=one, measure=measure, edit=edit))
        granted = ruling in {Ruling.GRANTED, Ruling.PARTLY}
        refusing = ruling in {Ruling.REFUSED, Ruling.PARTLY}
        return GivenDecision(
            ruling=ruling,
            ground=Ground.SIGNAL_JUSTIFIED if refusing else None,
            measures=tuple(measures) if granted else (),
        )
