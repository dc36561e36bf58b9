"""The folded youth: every field in the form that is compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chalicelib.matching.address import AddressForms
from chalicelib.matching.names import FoldedName
from chalicelib.matching.records import PartialDate, Sex

if TYPE_CHECKING:
    from chalicelib.matching.keys import MatchKey


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
    residential addresses, whether or not they have a number; ``places`` and ``cities`` stand in for a
    postal code that is missing or wrong, and so do ``doors`` where they live now: house number and the four
    digits of the postal code. ``surnames_of_parents`` are the sounds of the parents' surnames. ``keys_made``
    are the keys that were made of it, by who made them; they are no part of what it is.
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
    places: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    doors: frozenset[str] = frozenset()
    parents: tuple[FoldedParent, ...] = ()
    surnames_of_parents: frozenset[str] = frozenset()
    keys_made: dict[str, frozenset[MatchKey]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
