"""The rules a signal's content must keep; the interface has checked its form (D1, D4, D5, D7, D30)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from chalicelib.domain.dates import birthday, latest_planned_end
from chalicelib.domain.errors import FieldProblem, SignalRefused
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.organisation import Organisation, Professional
from chalicelib.matching import Youth, fold, person_keys
from chalicelib.signals.hidden_bsn import holds_bsn, known_numbers
from chalicelib.signals.request import ProfessionalCard, SignalRequest


def check_signal(
    request: SignalRequest,
    organisation: Organisation,
    today: date,
    legal: LegalProfile,
    *,
    also: tuple[FieldProblem, ...] = (),
) -> None:
    """Raise SignalRefused naming every rule that ``request`` breaks, without a value.

    ``also`` are rules that it takes a look into storage to know broken.
    """
    _refuse((*_broken(request, organisation, today, legal), *also))


def check_change(
    request: SignalRequest,
    before: date,
    organisation: Organisation,
    today: date,
    legal: LegalProfile,
    *,
    also: tuple[FieldProblem, ...] = (),
) -> None:
    """As :func:`check_signal`, and nothing is extended beyond the planned end ``before`` (D7)."""
    broken = _broken(request, organisation, today, legal)
    _refuse((*broken, *_extension(request.planned_end_date, before), *also))


def check_youth(
    youth: Youth, organisation: Organisation, today: date, legal: LegalProfile
) -> tuple[FieldProblem, ...]:
    """Every rule that a signal of this organisation about ``youth`` would break for that."""
    return (*_age(youth, today, legal), *_bsn(youth, organisation), *unidentified(youth))


def check_renewal(request: SignalRequest, before: str, today: date, legal: LegalProfile) -> None:
    """As :func:`check_signal`, of what a renewal says anew; ``before`` is the reference that was kept."""
    named = request.reference != before
    hidden = _holds_bsn("/reference", request.reference, known_numbers(request.youth)) if named else ()
    _refuse((*_period(request.planned_end_date, today, legal), *_informed(request, today), *hidden))


def check_card(
    card: ProfessionalCard, organisation: Organisation, also: tuple[FieldProblem, ...] = ()
) -> None:
    """Raise SignalRefused naming every rule that a contact card breaks, without a value."""
    _refuse(card_problems(card, organisation, also=also))


def card_problems(
    card: ProfessionalCard,
    organisation: Organisation,
    within: str = "",
    also: tuple[FieldProblem, ...] = (),
) -> tuple[FieldProblem, ...]:
    """Every rule that a contact card breaks which stands at this place of a request."""
    problems = (*_email_domain(card, organisation), *_hidden_in_card(card, frozenset()), *also)
    return tuple(replace(one, pointer=within + one.pointer.removeprefix("/professional")) for one in problems)


def check_presence(card: Professional | None) -> None:
    """Raise SignalRefused for the stored card of who has left (D28); None is nobody yet."""
    if card is not None and card.left_at is not None:
        detail = "This professional has left: name who took over, or store the card anew (D28)."
        _refuse((FieldProblem("/professional/id", "professional-left", detail),))


def _refuse(problems: tuple[FieldProblem, ...]) -> None:
    if problems:
        raise SignalRefused(problems)


def _broken(
    request: SignalRequest, organisation: Organisation, today: date, legal: LegalProfile
) -> tuple[FieldProblem, ...]:
    return (
        *check_youth(request.youth, organisation, today, legal),
        *_period(request.planned_end_date, today, legal),
        *_informed(request, today),
        *_email_domain(request.professional, organisation),
        *_hidden_bsn(request),
    )


def _age(youth: Youth, today: date, legal: LegalProfile) -> Iterator[FieldProblem]:
    born = youth.birth_date
    if born is None:
        return
    if birthday(born, 0) > today:
        yield FieldProblem("/youth/birthDate", "birth-date-in-future", "The birth date lies in the future.")
    if birthday(born, legal.age_limit) <= today:
        detail = f"A signal is about a person under {legal.age_limit} (D1)."
        yield FieldProblem("/youth/birthDate", "too-old", detail)


def _bsn(youth: Youth, organisation: Organisation) -> Iterator[FieldProblem]:
    if organisation.may_use_bsn:
        if youth.bsn is None:
            yield FieldProblem(
                "/youth/bsn", "bsn-required", "Required: this organisation may use the BSN (D4)."
            )
        return
    given = [("/youth/bsn", youth.bsn)]
    given += [(f"/youth/parents/{at}/bsn", parent.bsn) for at, parent in enumerate(youth.parents)]
    for pointer, number in given:
        if number is not None:
            yield FieldProblem(pointer, "bsn-not-allowed", "This organisation may not use the BSN (D4).")


def unidentified(youth: Youth) -> Iterator[FieldProblem]:
    """Broken unless there is a usable BSN, or a surname with enough beside it to be found by (D5)."""
    folded = fold(youth)
    found_at_home = folded.name.given is not None and folded.postal_codes
    found_by_name = folded.name.surname is not None and (person_keys(folded) or found_at_home)
    if folded.bsn is None and not found_by_name:
        detail = (
            "Give a BSN, or a surname with a birth date, or with initials and a postal code (D5). "
            "What says nothing, as 'onbekend' or 1900-01-01, is not given."
        )
        yield FieldProblem("/youth", "youth-not-identified", detail)


def _period(planned_end: date, today: date, legal: LegalProfile) -> Iterator[FieldProblem]:
    if planned_end < today:
        yield FieldProblem("/plannedEndDate", "end-in-past", "The planned end date is today or later (D7).")
    if planned_end > latest_planned_end(today, legal.longest_years):
        detail = f"A signal lasts {legal.longest_years} years at most (D7)."
        yield FieldProblem("/plannedEndDate", "end-too-late", detail)


def _extension(planned_end: date, before: date) -> Iterator[FieldProblem]:
    if planned_end > before:
        detail = "A signal is not extended: renewing is a new signal, with a new assessment (D7)."
        yield FieldProblem("/plannedEndDate", "no-extension", detail)


def _informed(request: SignalRequest, today: date) -> Iterator[FieldProblem]:
    told_on = request.informed.on if request.informed is not None else None
    if told_on is not None and told_on > today:
        yield FieldProblem("/informed/on", "informed-in-future", "Informing lies in the past (D30).")


def _email_domain(card: ProfessionalCard, organisation: Organisation) -> Iterator[FieldProblem]:
    if not organisation.receives_at(card.email):
        detail = "The address is in one of the organisation's registered e-mail domains."
        yield FieldProblem("/professional/email", "email-domain-not-registered", detail)


def _hidden_bsn(request: SignalRequest) -> Iterator[FieldProblem]:
    known = known_numbers(request.youth)
    yield from _holds_bsn("/reference", request.reference, known)
    yield from _hidden_in_card(request.professional, known)


def _hidden_in_card(card: ProfessionalCard, known: frozenset[str]) -> Iterator[FieldProblem]:
    texts = {"id": card.id, "name": card.name, "function": card.function, "site": card.site}
    for name, text in (texts | {"siteId": card.site_id}).items():
        yield from _holds_bsn(f"/professional/{name}", text, known)
    if any(number in card.email for number in known):
        yield FieldProblem("/professional/email", "holds-bsn", "Holds a BSN of the request.")


def _holds_bsn(pointer: str, text: str | None, known: frozenset[str]) -> Iterator[FieldProblem]:
    if text is not None and holds_bsn(text, known):
        detail = "Holds a valid BSN; part long numbers with a letter or a hyphen."
        yield FieldProblem(pointer, "holds-bsn", detail)
