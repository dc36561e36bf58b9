"""A request as a row, and a row as a request."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from chalicelib.domain.rights import (
    Advice,
    Concerned,
    GivenAdvice,
    Ground,
    IdentityCheck,
    Measure,
    RequestDecision,
    Requester,
    RequesterRole,
    RequestKind,
    RequestRecord,
    RequestState,
    RightsRequest,
    Ruling,
)
from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none
from chalicelib.models.person import plain_youth, youth_of
from chalicelib.models.rows.rights import RequestRow
from chalicelib.models.tables import Tables
from chalicelib.ports.sealing import Sealer

OPEN: Final = "OPEN"
DONE: Final = "DONE"


@dataclass(frozen=True, slots=True)
class RightsCodec:
    """Turns requests into rows and back; the record is sealed to its request."""

    tables: Tables
    sealer: Sealer

    def row(self, request: RightsRequest) -> RequestRow:
        """The row of a request."""
        which = OPEN if request.is_open else DONE
        return self.tables.requests(
            request.id,
            handler=f"{request.organisation_id}#{which}",
            due_on=f"{request.due_on.isoformat()}#{request.id}",
            agenda=which,
            agenda_on=f"{request.agenda_on.isoformat()}#{request.id}",
            organisation_id=request.organisation_id,
            professional_id=request.professional_id,
            kind=request.kind.value,
            state=request.state.value,
            revision=request.revision,
            created_at=stored(request.created_at),
            hides=request.hides,
            pseudonym=request.pseudonym,
            warned=request.warned,
            content=_content(request),
            record=self._sealed(request),
        )

    def request(self, row: RequestRow) -> RightsRequest:
        """The request of a row, its record opened. Raises SealBroken."""
        return replace(self.sealed_request(row), record=self._opened(row.request_id, row.record))

    def sealed_request(self, row: RequestRow) -> RightsRequest:
        """The request of a row without its record, which stays sealed."""
        content = row.content
        return RightsRequest(
            id=row.request_id,
            organisation_id=row.organisation_id,
            professional_id=row.professional_id,
            kind=RequestKind(row.kind),
            state=RequestState(row.state),
            revision=int(row.revision),
            received_on=date.fromisoformat(content["receivedOn"]),
            created_at=moment_of(row.created_at),
            due_on=_day_of(row.due_on),
            requester=_requester_of(content["requester"]),
            whole=content["whole"],
            hides=row.hides,
            concerned=tuple(map(_concerned_of, content["concerned"])),
            decision=_decision_of(content["decision"]) if content["decision"] else None,
            done_at=moment_or_none(content["doneAt"]),
            agenda_on=_day_of(row.agenda_on),
            pseudonym=row.pseudonym,
            warned=int(row.warned),
        )

    def _sealed(self, request: RightsRequest) -> bytes | None:
        if request.record is None:
            return None
        return self.sealer.seal(_record_bytes(request.record), _identity(request.id))

    def _opened(self, request_id: str, sealed: bytes | None) -> RequestRecord | None:
        if sealed is None:
            return None
        return _record_of(self.sealer.open(sealed, _identity(request_id)))


def _content(request: RightsRequest) -> dict[str, Any]:
    asks = request.requester
    return {
        "whole": request.whole,
        "receivedOn": request.received_on.isoformat(),
        "requester": {
            "role": asks.role.value,
            "checkedOn": asks.checked_on.isoformat(),
            "checkedHow": asks.checked_how.value,
        },
        "concerned": [_plain(one) for one in request.concerned],
        "decision": _plain_decision(request.decision) if request.decision is not None else None,
        "doneAt": stored_or_none(request.done_at),
    }


def _plain(one: Concerned) -> dict[str, Any]:
    advice = one.advice
    return {
        "signal": one.signal_id,
        "organisation": one.organisation_id,
        "concerns": one.concerns,
        "evidence": [list(line) for line in one.evidence],
        "toAsk": one.to_ask,
        "askedAt": stored_or_none(one.asked_at),
        "advice": _plain_advice(advice) if advice is not None else None,
        "hidden": one.hidden,
        "measure": one.measure.value if one.measure is not None else None,
        "carriedOut": one.carried_out,
    }


def _plain_advice(given: GivenAdvice) -> dict[str, Any]:
    return {
        "advice": given.advice.value,
        "ground": given.ground.value if given.ground is not None else None,
        "by": given.professional_id,
        "at": stored(given.at),
    }


def _plain_decision(decision: RequestDecision) -> dict[str, Any]:
    return {
        "ruling": decision.ruling.value,
        "ground": decision.ground.value if decision.ground is not None else None,
        "by": decision.professional_id,
        "at": stored(decision.at),
    }


def _requester_of(fields: dict[str, Any]) -> Requester:
    return Requester(
        role=RequesterRole(fields["role"]),
        checked_on=date.fromisoformat(fields["checkedOn"]),
        checked_how=IdentityCheck(fields["checkedHow"]),
    )


def _concerned_of(fields: dict[str, Any]) -> Concerned:
    return Concerned(
        signal_id=fields["signal"],
        organisation_id=fields["organisation"],
        concerns=fields["concerns"],
        evidence=tuple((name, level) for name, level in fields["evidence"]),
        to_ask=fields["toAsk"],
        asked_at=moment_or_none(fields["askedAt"]),
        advice=_advice_of(fields["advice"]) if fields["advice"] else None,
        hidden=fields["hidden"],
        measure=Measure(fields["measure"]) if fields["measure"] else None,
        carried_out=fields["carriedOut"],
    )


def _advice_of(fields: dict[str, Any]) -> GivenAdvice:
    return GivenAdvice(
        advice=Advice(fields["advice"]),
        ground=_ground_of(fields["ground"]),
        professional_id=fields["by"],
        at=moment_of(fields["at"]),
    )


def _decision_of(fields: dict[str, Any]) -> RequestDecision:
    return RequestDecision(
        ruling=Ruling(fields["ruling"]),
        ground=_ground_of(fields["ground"]),
        professional_id=fields["by"],
        at=moment_of(fields["at"]),
    )


def _ground_of(text: str | None) -> Ground | None:
    return Ground(text) if text is not None else None


def _record_bytes(record: RequestRecord) -> bytes:
    content = {
        "youth": plain_youth(record.youth),
        "corrections": {signal_id: plain_youth(youth) for signal_id, youth in record.corrections},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _record_of(plain: bytes) -> RequestRecord:
    fields = json.loads(plain)
    corrections = sorted(fields["corrections"].items())
    return RequestRecord(
        youth=youth_of(fields["youth"]),
        corrections=tuple((signal_id, youth_of(youth)) for signal_id, youth in corrections),
    )


def _day_of(place: str) -> date:
    return date.fromisoformat(place.partition("#")[0])


def _identity(request_id: str) -> str:
    return f"requests/{request_id}/record"
