"""A youth with every field in the form the matcher compares; nothing else is read after this."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.matching.address import (
    address_forms,
    city,
    door,
    place,
    postal_area,
    postal_code,
    residential,
)
from chalicelib.matching.bsn import digits_of, eleven_test
from chalicelib.matching.folded import FoldedParent, FoldedYouth
from chalicelib.matching.names import FoldedName, fold_given, fold_surname
from chalicelib.matching.placeholders import is_no_date
from chalicelib.matching.records import Parent, PartialDate, Sex, Youth

__all__ = ["FoldedParent", "FoldedYouth", "MatchRecord", "eleven_test", "fold"]


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
    parents = tuple(sorted((_parent(parent) for parent in youth.parents), key=repr))
    is_a_parents = any(parent.bsn == digits for parent in parents)
    return FoldedYouth(
        bsn=digits if valid and not is_a_parents else None,
        bsn_as_written=None if valid else digits,
        name=_name(youth),
        birth_date=_usable(youth.birth_date),
        sex=None if youth.sex is Sex.OTHER else youth.sex,
        addresses=tuple(forms for address in current if (forms := address_forms(address))),
        previous=tuple(forms for address in previous if (forms := address_forms(address))),
        postal_codes=frozenset(code for address in lived_at if (code := postal_code(address))),
        postal_areas=frozenset(area for address in lived_at if (area := postal_area(address))),
        places=frozenset(found for address in lived_at if (found := place(address))),
        cities=frozenset(name for address in lived_at if (name := city(address))),
        doors=frozenset(found for address in current if (found := door(address))),
        parents=parents,
        surnames_of_parents=frozenset(
            heard
            for parent in parents
            if parent.name.surname is not None
            for heard in parent.name.surname.sounds
        ),
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
    """A day without its month says no more than the year; a year of nobody says nothing."""
    if date is None or is_no_date(date):
        return None
    return PartialDate(date.year) if date.month is None else date
