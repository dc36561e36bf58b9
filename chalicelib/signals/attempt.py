"""One request to give a signal: what stays the same however often writing it is tried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.organisation import Professional
from chalicelib.ports.world import Pseudonyms
from chalicelib.signals.content import canonical
from chalicelib.signals.request import SignalRequest
from chalicelib.signals.unique_names import idempotency_name, reference_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A request with the hash of its content and the unique names it wants.

    ``caller`` acts as the professional whom the signal names when the system said nobody else.
    ``idempotency`` is None when the request came without a key.
    """

    caller: Caller
    request: SignalRequest
    professional: Professional
    digest: str
    reference: str
    idempotency: str | None
    now: datetime

    @classmethod
    def of(
        cls, caller: Caller, request: SignalRequest, key: str | None, *, now: datetime, pseudonyms: Pseudonyms
    ) -> Attempt:
        """The attempt that a request with this Idempotency-Key makes now."""
        organisation_id = caller.organisation.id
        return cls(
            caller=replace(caller, professional_id=caller.professional_id or request.professional.id),
            request=request,
            professional=request.professional.at(caller.organisation),
            digest=pseudonyms.digest("signal-content", canonical(request)),
            reference=reference_name(organisation_id, request.reference),
            idempotency=None if key is None else idempotency_name(organisation_id, key, pseudonyms),
            now=now,
        )

    @property
    def today(self) -> date:
        """The Dutch day on which it is made."""
        return amsterdam_day(self.now)

    def audit(self, act: Act, resource: str, token: str, *, youth: str | None) -> AuditEntry:
        """The entry of an act in this request."""
        return self.caller.entry(act, resource, at=self.now, token=token, youth=youth)
