"""Filing a request: who asks, what, about whom; and the signals that it concerns are found (D31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import FieldProblem, RequestRefused
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.rights import (
    SHOWING,
    Concerned,
    Requester,
    RequestKind,
    RequestRecord,
    RequestState,
    RightsRequest,
)
from chalicelib.matching import Youth
from chalicelib.ports.storage import RequestChange, Storage
from chalicelib.ports.world import Names, Pseudonyms
from chalicelib.rights.agenda import due_on, planned
from chalicelib.rights.carry_out import CarryOut
from chalicelib.rights.find import FindSignals, Found
from chalicelib.rights.who_may_ask import may_ask
from chalicelib.signals.ending import has_ended
from chalicelib.signals.pseudonym import youth_pseudonym
from chalicelib.signals.rules import unidentified


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request as it is filed; its form has been checked, its meaning not yet.

    ``signal_ids`` are those that the requester means; None for all there are.
    """

    kind: RequestKind
    received_on: date
    requester: Requester
    youth: Youth
    signal_ids: tuple[str, ...] | None
    hides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Stores a request with the signals that are, or may be, about its youth, and sets it going."""

    storage: Storage
    find: FindSignals
    carry_out: CarryOut
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock
    legal: LegalProfile

    def __call__(self, caller: Caller, new: NewRequest) -> RightsRequest:
        """File a request; the professionals of what was found are asked for advice.

        Raises:
            RequestRefused: the content breaks rules; all of them at once.
            StorageBusy: try again later.
        """
        now = self.clock.now()
        today = amsterdam_day(now)
        problems = tuple(_broken(new, caller.organisation, today, self.legal))
        if problems:
            raise RequestRefused(problems)
        found = _meant(new, self.find(new.youth))
        request = RightsRequest(
            id=self.names.new_id(),
            organisation_id=caller.organisation.id,
            professional_id=caller.professional_id or "",
            kind=new.kind,
            state=RequestState.OPEN,
            revision=1,
            received_on=new.received_on,
            created_at=now,
            due_on=due_on(new.received_on, self.legal),
            requester=new.requester,
            whole=new.signal_ids is None,
            hides=new.hides,
            concerned=tuple(map(as_concerned, found)),
            decision=None,
            done_at=None,
            agenda_on=today,
            pseudonym=self._pseudonym(new.youth, found),
            record=RequestRecord(youth=new.youth),
        )
        filed = planned(request, today, self.legal)
        audit = caller.entry(
            Act.REQUEST_FILED, request.id, at=now, token=self.names.token(), youth=request.pseudonym
        )
        self.storage.rights.commit(RequestChange(request=filed, previous_revision=None, audit=audit))
        return self.carry_out(filed)

    def _pseudonym(self, youth: Youth, found: Iterable[Found]) -> str | None:
        """Of the BSN where there is one, else as the first signal that is certain is called."""
        if youth.bsn is not None:
            return youth_pseudonym(youth, "", self.pseudonyms)
        return next((each.signal.pseudonym for each in found if each.certain), None)


def as_concerned(found: Found) -> Concerned:
    """A signal that was found, as a request knows it; who gave one that has ended need not advise."""
    return Concerned(
        signal_id=found.signal.id,
        organisation_id=found.signal.organisation_id,
        concerns=True if found.certain else None,
        evidence=found.evidence,
        to_ask=found.certain and not has_ended(found.signal),
    )


def _broken(
    new: NewRequest, organisation: Organisation, today: date, legal: LegalProfile
) -> Iterator[FieldProblem]:
    if new.received_on > today:
        yield FieldProblem("/receivedOn", "in-future", "A request was received today or earlier.")
    if new.requester.checked_on > today:
        yield FieldProblem("/requester/identityChecked/on", "in-future", "A check lies in the past.")
    if not may_ask(new.requester.role, new.youth.birth_date, new.received_on, legal):
        detail = (
            f"The youth asks from {legal.informs_youth_from}, the legal representative until "
            f"{legal.informs_youth_alone_from} (D31)."
        )
        yield FieldProblem("/requester/role", "not-entitled", detail)
    if new.youth.bsn is not None and not organisation.may_use_bsn:
        yield FieldProblem("/youth/bsn", "bsn-not-allowed", "This organisation may not use the BSN (D4).")
    if new.hides and new.kind in SHOWING:
        yield FieldProblem("/restrict", "not-for-access", "Nothing is decided about the signals (D33).")
    yield from unidentified(new.youth)


def _meant(new: NewRequest, found: Iterable[Found]) -> tuple[Found, ...]:
    """What was found of what is meant. Raises RequestRefused for what is not about this youth."""
    by_id = {each.signal.id: each for each in found}
    if new.signal_ids is None:
        return tuple(by_id.values())
    strange = tuple(
        FieldProblem(f"/signals/{at}", "not-about-this-youth", "No such signal is found about this youth.")
        for at, one in enumerate(new.signal_ids)
        if one not in by_id
    )
    if strange:
        raise RequestRefused(strange)
    return tuple(each for one, each in by_id.items() if one in new.signal_ids)
