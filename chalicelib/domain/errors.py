"""What a use case may refuse: one tree, mapped to answers at the edge and nowhere else.

UseCaseError
├── Refused                 the content breaks rules; all of them at once, never with a value
│   ├── SignalRefused
│   ├── OrganisationRefused
│   ├── AddressRefused
│   └── RequestRefused
├── SignalNotFound          no such signal of this organisation (another's is not there either)
├── SignalErased            it was erased: nothing of it is left to be told (D33)
├── SignalAlreadyEnded      it ended in another way than is asked now
├── SignalRestricted        a right is being decided (D33): not now
├── SignalRevised           it is not at the revision that the caller read
├── CardMissing             a contact card that the answer needs is not there, or cannot be read
├── HistoryClosed           the archive does not open for this caller, or not now, or it was opened
├── ReferenceInUse          an active signal of the organisation has this reference, with other content
├── IdempotencyMismatch     the Idempotency-Key was used for another payload
├── IdempotencyRunning      the same request is being answered now
├── DeathReportNotFound     nobody reported a death on this signal
├── MatchNotFound           no such match of a signal of this organisation
├── CursorRefused           not a cursor this list gave
├── ReviewNotFound          no review has this id
├── ReviewClosed            there is nothing (left) to decide or to ask about these two signals
├── ReviewRevised           it is not at the revision that the caller read
├── KeysRevised              an organisation's keys are not at the revision that the caller read
├── ProfessionalNotFound    the organisation has no such professional (another's is not there either)
├── ProfessionalExists      another card is there: replacing it takes having read it
├── ProfessionalRevised     the card is not as the caller read it
├── SiteNotFound            the organisation has no such site (another's is not there either)
├── SiteExists              another site is there: replacing it takes having read it
├── SiteRevised             the site is not as the caller read it
├── ExclusionNotFound       no entry of the register of excluded addresses has this id
├── RequestNotFound         no such request that this organisation handles, or has a signal in
├── RequestRevised          it is not at the revision that the caller read
├── RequestClosed           it is not open to this any more
├── AnswerNotReady          there is no access answer: not granted, or not decided, or too long ago
├── RequestUnsettled        a doubt is open still, or more was found since the caller read it
├── ErasureNotFound         no signal with this id was erased, or its certificate is kept no longer
├── OrganisationNotFound
├── OrganisationSuspended   it was suspended while the request was running
├── OrganisationRevised     it is not at the revision that the caller read
└── OrganisationExists

Besides these a use case lets ``StorageBusy`` of the ports through: trying again later is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.signal import SignalState


@dataclass(frozen=True, slots=True, order=True)
class FieldProblem:
    """One broken rule: where (JSON Pointer into the request), which (code), and why, without a value."""

    pointer: str
    code: str
    detail: str


class UseCaseError(Exception):
    """Base of what a use case may refuse."""


class Refused(UseCaseError):  # noqa: N818 - the tree speaks as the glossary of errors does
    """The content breaks one rule or more.

    Attributes:
        problems: every broken rule, ordered by where it is.
    """

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(sorted(problems))


class SignalRefused(Refused):
    """A signal that breaks rules of the domain (D1, D4, D7)."""


class OrganisationRefused(Refused):
    """An organisation that breaks rules of on-boarding."""


class AddressRefused(Refused):
    """An address that cannot be in the register of excluded addresses (D13)."""


class RequestRefused(Refused):
    """A request of a family, or a decision on one, that breaks rules (D31, D33)."""


class SignalNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No such signal of this organisation; another's answers the same."""


class SignalAlreadyEnded(UseCaseError):  # noqa: N818 - as Refused
    """The signal ended in another way than is asked now (D34).

    Attributes:
        state: how it ended.
    """

    def __init__(self, state: SignalState) -> None:
        super().__init__(f"the signal is {state}")
        self.state = state


class SignalRestricted(UseCaseError):  # noqa: N818 - as Refused
    """What is asked does not go with whether a right about the signal is being decided (D33).

    Attributes:
        state: ACTIVE or RESTRICTED.
    """

    def __init__(self, state: SignalState) -> None:
        super().__init__(f"the signal is {state}")
        self.state = state


class SignalErased(UseCaseError):  # noqa: N818 - as Refused
    """The signal was erased: nothing is left of it that could be told or changed (D33)."""


class SignalRevised(UseCaseError):  # noqa: N818 - as Refused
    """Somebody changed the signal since the caller read it: read it again (RFC 9110, section 13.1.1)."""


class CardMissing(UseCaseError):  # noqa: N818 - as Refused
    """The contact card of who holds a signal got lost, or cannot be read: nothing was done."""


class WhyClosed(StrEnum):
    """Why the archive does not open (D36)."""

    NOT_THEIRS = "NOT_THEIRS"
    TOO_LATE = "TOO_LATE"
    NOT_KNOWN_YET = "NOT_KNOWN_YET"
    NOTHING = "NOTHING"
    OPENED = "OPENED"


class HistoryClosed(UseCaseError):  # noqa: N818 - as Refused
    """The earlier signals about a youth are not shown.

    Attributes:
        why: the one reason.
    """

    def __init__(self, why: WhyClosed) -> None:
        super().__init__(f"the archive stays closed: {why}")
        self.why = why


class ReferenceInUse(UseCaseError):  # noqa: N818 - as Refused
    """An active signal of the organisation has this reference, with other content (D10)."""


class IdempotencyMismatch(UseCaseError):  # noqa: N818 - as Refused
    """The Idempotency-Key was used for another payload less than 24 hours ago."""


class IdempotencyRunning(UseCaseError):  # noqa: N818 - as Refused
    """The same request, under the same Idempotency-Key, is being answered now."""


class DeathReportNotFound(UseCaseError):  # noqa: N818 - as Refused
    """Nobody reported that the youth of this signal died (D34)."""


class MatchNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No match with this id that the organisation is in; others' answer the same (D16)."""


class CursorRefused(UseCaseError):  # noqa: N818 - as Refused
    """Not a cursor that this list, with these filters, gave to this organisation."""


class ReviewNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No review has this id."""


class ReviewClosed(UseCaseError):  # noqa: N818 - as Refused
    """One of its signals has ended, or the review is no longer open to what is asked."""


class ReviewRevised(UseCaseError):  # noqa: N818 - as Refused
    """The review changed since the caller read it: the evidence may be another (RFC 9110, 13.1.1)."""


class KeysRevised(UseCaseError):  # noqa: N818 - as Refused
    """The keys changed since the caller read them, or were there before (RFC 9110, section 13.1.1)."""


class ProfessionalNotFound(UseCaseError):  # noqa: N818 - as Refused
    """The organisation has no professional with this staff id."""


class ProfessionalExists(UseCaseError):  # noqa: N818 - as Refused
    """The professional has another card than is stored anew: read it first (RFC 6585, section 3)."""


class ProfessionalRevised(UseCaseError):  # noqa: N818 - as Refused
    """Somebody changed the card since the caller read it (RFC 9110, 13.1.1)."""


class SiteNotFound(UseCaseError):  # noqa: N818 - as Refused
    """The organisation has no site with this id."""


class SiteExists(UseCaseError):  # noqa: N818 - as Refused
    """There is another site than is stored anew: read it first (RFC 6585, section 3)."""


class SiteRevised(UseCaseError):  # noqa: N818 - as Refused
    """Somebody changed the site since the caller read it (RFC 9110, 13.1.1)."""


class ExclusionNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No entry of the register of excluded addresses has this id."""


class ErasureNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No signal with this id was erased, or its certificate is kept no longer."""


class OrganisationNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No organisation has this id."""


class OrganisationSuspended(UseCaseError):  # noqa: N818 - as Refused
    """The organisation was suspended since the request was let in; what was done before stays done."""


class OrganisationRevised(UseCaseError):  # noqa: N818 - as Refused
    """Somebody changed the organisation since the caller read it (RFC 9110, 13.1.1)."""


class OrganisationExists(UseCaseError):  # noqa: N818 - as Refused
    """An organisation with this id was registered before."""


class RequestNotFound(UseCaseError):  # noqa: N818 - as Refused
    """No request with this id that the organisation handles, or has a signal in; others' answer the same."""


class RequestRevised(UseCaseError):  # noqa: N818 - as Refused
    """Somebody changed the request since the caller read it (RFC 9110, 13.1.1)."""


class RequestClosed(UseCaseError):  # noqa: N818 - as Refused
    """The request was decided before, or is not of a kind that this can be done to."""


class RequestUnsettled(UseCaseError):  # noqa: N818 - as Refused
    """Nobody said yet whether a doubtful signal is concerned, or more was found since: read it again."""


class AnswerNotReady(UseCaseError):  # noqa: N818 - as Refused
    """The request is not for access, was not granted, is not decided yet, or was too long ago (D32)."""
