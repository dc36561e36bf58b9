"""The words of the page that answers a request for access, in Dutch at level B1 (D32)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from chalicelib.domain.audit import Act
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Language
from chalicelib.domain.signal import InformedHow, InformedPerson, NotYetGround, SignalState
from chalicelib.matching import Address, MatchKind, PartialDate, Sex, Youth
from chalicelib.notices.languages import WORDINGS
from chalicelib.rights.held import NotShown
from chalicelib.rights.names import Person
from chalicelib.rights.trail import Deed, Look

_WORDS: Final = WORDINGS[Language.DUTCH]

STATES: Final[Mapping[SignalState, str]] = {
    SignalState.ACTIVE: "Loopt",
    SignalState.RESTRICTED: "Loopt, maar is tijdelijk verborgen",
    SignalState.CLOSED: "Afgesloten",
    SignalState.RETRACTED: "Ingetrokken",
    SignalState.EXPIRED: "Vanzelf gestopt",
    SignalState.ERASED: "Verwijderd",
}
NOT_SHOWN: Final[Mapping[NotShown, str]] = {
    NotShown.BSN: "Het burgerservicenummer (BSN).",
    NotShown.PARENTS: "Gegevens van ouders.",
    NotShown.SECRET_ADDRESS: "Een geheim adres.",
}
TOLD: Final[Mapping[tuple[NoticeKind, MatchKind], str]] = {
    (NoticeKind.STARTED, MatchKind.PERSON): "Er is nog iemand betrokken",
    (NoticeKind.ENDED, MatchKind.PERSON): "Iemand is niet meer betrokken",
    (NoticeKind.STARTED, MatchKind.HOUSEHOLD): "Er is iemand betrokken bij een ander kind van het gezin",
    (NoticeKind.ENDED, MatchKind.HOUSEHOLD): "Iemand is niet meer betrokken bij een ander kind van het gezin",
}
_INFORMED: Final[Mapping[InformedPerson, str]] = {
    InformedPerson.LEGAL_REPRESENTATIVE: "de ouder of voogd",
    InformedPerson.YOUTH: "de jongere",
}
_HOW: Final[Mapping[InformedHow, str]] = {
    InformedHow.CONVERSATION: "in een gesprek",
    InformedHow.TELEPHONE: "per telefoon",
    InformedHow.LETTER: "met een brief",
    InformedHow.EMAIL: "met een e-mail",
}
_SEX: Final[Mapping[Sex, str]] = {Sex.MALE: "Man", Sex.FEMALE: "Vrouw", Sex.OTHER: "Onbekend of anders"}
_DID: Final[Mapping[Act, str]] = {
    Act.SIGNAL_GIVEN: "Gaf het signaal",
    Act.SIGNAL_CHANGED: "Veranderde het signaal",
    Act.SIGNAL_CLOSED: "Sloot het signaal af",
    Act.SIGNAL_EXPIRED: "Liet het signaal stoppen",
    Act.SIGNAL_RESTRICTED: "Verborg het signaal tijdelijk",
    Act.SIGNAL_RESTORED: "Maakte het signaal weer zichtbaar",
    Act.SIGNAL_CORRECTED: "Verbeterde het signaal",
    Act.SIGNAL_RENEWED: "Vernieuwde het signaal",
    Act.SIGNAL_TRANSFERRED: "Gaf het signaal aan een collega",
    Act.VERDICT_GIVEN: "Besliste of een signaal over jou gaat",
    Act.CONFIRMATION_ASKED: "Vroeg om het signaal na te kijken",
    Act.REQUEST_FILED: "Legde een verzoek vast",
    Act.REQUEST_CHANGED: "Werkte een verzoek bij",
    Act.REQUEST_DECIDED: "Nam een besluit over een verzoek",
    Act.ADVICE_GIVEN: "Gaf advies over een verzoek",
}


def day(moment: datetime | date) -> str:
    """A day in words, in Amsterdam."""
    return _WORDS.date(amsterdam_day(moment) if isinstance(moment, datetime) else moment)


def full_name(youth: Youth) -> str:
    """All of a name, as far as it is known."""
    first = youth.given_names or youth.initials
    return " ".join(part for part in (first, youth.surname_prefix, youth.surname) if part)


def born(birth_date: PartialDate) -> str:
    """A birth date, as far as it is known."""
    if birth_date.month is not None and birth_date.day is not None:
        return _WORDS.date(date(birth_date.year, birth_date.month, birth_date.day))
    if birth_date.month is not None:
        return f"{_WORDS.months[birth_date.month - 1]} {birth_date.year}"
    return str(birth_date.year)


def place(address: Address) -> str:
    """An address on one line."""
    number = "".join(part for part in (str(address.house_number or ""), address.house_letter or "") if part)
    if address.house_number_addition:
        number = f"{number}-{address.house_number_addition}"
    street = " ".join(part for part in (address.street, number) if part)
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    return ", ".join(part for part in (street, town) if part)


def sex(held: Sex) -> str:
    """What is recorded as sex."""
    return _SEX[held]


def person(who: Person | None) -> str:
    """Somebody by name, function and organisation."""
    if who is None:
        return "Iemand die betrokken is bij een ander kind"
    if who.organisation is None:
        return "De verwijsindex zelf"
    named = ", ".join(part for part in (who.name, who.function) if part)
    return f"{named} ({who.organisation})" if named else who.organisation


def domain_of(who: Person) -> str | None:
    """The domain of work, in words."""
    return _WORDS.domains[who.domain] if who.domain is not None else None


def whom(people: frozenset[InformedPerson]) -> str:
    """Who was told."""
    return " en ".join(_INFORMED[one] for one in sorted(people))


def how(told: InformedHow) -> str:
    """In which way."""
    return _HOW[told]


def not_yet(_: NotYetGround) -> str:
    """That there is a lawful ground for not yet telling."""
    return "Volgens de wet mag dit nog niet worden verteld."


def deed(look: Look) -> str:
    """What somebody did."""
    if look.deed is Deed.LOOKED:
        return "Bekeek de gegevens"
    return _DID.get(look.act, "Deed iets met de gegevens")
