"""A youth with every field in the form the matcher compares; nothing else is read after this."""

from __future__ import annotations

from dataclasses import dataclass, field

from chalicelib.matching.address import AddressForms, address_forms, postal_area, postal_code, residential
from chalicelib.matching.bsn import digits_of, eleven_test
from chalicelib.matching.names import FoldedName, fold_given, fold_surname
from chalicelib.matching.records import Parent, PartialDate, Sex, Youth

__all__ = ["FoldedParent", "FoldedYouth", "MatchRecord", "eleven_test", "fold"]


@dataclass(frozen=True, slots=True)
class FoldedParent:
    """A parent as compared; ``bsn`` passes the eleven-test."""

    bsn: str | None
    name: FoldedName
    birth_date: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedYouth:
    """A youth as compared.

    ``bsn`` passes the eleven-test and is no known dummy; ``bsn_as_written`` holds nine digits that
    fail it. ``sex`` is missing when unknown. ``addresses`` are current and residential (D13);
    ``previous`` is where the youth lived before. ``postal_codes`` and ``postal_areas`` come from all
    residential addresses, whether or not they have a number.
    """

    bsn: str | None = None
    bsn_as_written: str | None = None
    name: FoldedName = field(default_factory=lambda: FoldedName(given=None, surname=None))
    birth_date: PartialDate | None = None
    sex: Sex | None = None
    addresses: tuple[AddressForms, ...] = ()
    previous: tuple[AddressForms, ...] = ()
    postal_codes: frozenset[str] = frozenset()
    postal_areas: frozenset[str] = frozenset()
    parents: tuple[FoldedParent, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """A signal as the matcher sees it: its id and the folded youth."""

    signal_id: str
    youth: FoldedYouth


def fold(youth: Youth) -> FoldedYouth:
    """Normalise every field of ``youth``; never raises, for what cannot be read is missing."""
    digits = digits_of(youth.bsn)
    valid = digits is not None and eleven_test(digits)
    lived_at = residential((youth.address, youth.previous_address))
    current = residential((youth.address,))
    previous = residential((youth.previous_address,))
    return FoldedYouth(
        bsn=digits if valid else None,
        bsn_as_written=None if valid else digits,
        name=_name(youth),
        birth_date=_usable(youth.birth_date),
        sex=None if youth.sex is Sex.OTHER else youth.sex,
        addresses=tuple(forms for address in current if (forms := address_forms(address))),
        previous=tuple(forms for address in previous if (forms := address_forms(address))),
        postal_codes=frozenset(code for address in lived_at if (code := postal_code(address))),
        postal_areas=frozenset(area for address in lived_at if (area := postal_area(address))),
        parents=tuple(sorted((_parent(parent) for parent in youth.parents), key=repr)),
    )


def _parent(parent: Parent) -> FoldedParent:
    digits = digits_of(parent.bsn)
    return FoldedParent(
        bsn=digits if digits is not None and eleven_test(digits) else None,
        name=_name(parent),
        birth_date=_usable(parent.birth_date),
    )


def _name(person: Youth | Parent) -> FoldedName:
    surname = " ".join(part for part in (person.surname_prefix, person.surname) if part)
    return FoldedName(
        given=fold_given(person.given_names, person.initials),
        surname=fold_surname(surname if person.surname else None),
    )


def _usable(date: PartialDate | None) -> PartialDate | None:
    """A day without its month says no more than the year."""
    if date is not None and date.month is None:
        return PartialDate(date.year)
    return date
