"""Addresses folded to canonical forms, their parts re-read from each other's fields (D13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from chalicelib.matching.records import Address, AddressKind
from chalicelib.matching.text import base_letters, compact, sound

_POSTAL_CODE: Final = re.compile(r"[1-9]\d{3}[a-z]{2}")
_AREA: Final = re.compile(r"[1-9]\d{3}")
_NOBODYS_CODES: Final = frozenset({"9999xx", "9999zz"})
"""What systems fill in where no postal code is known."""

_POSTAL_STREET: Final = re.compile(r"(?:postbus|pobox|antwoordn(?:umme)?r)\d*")
_NUMBER_IN_ADDITION: Final = re.compile(r"(\d+)\s*[-/ ]\s*(\w+)")
_CITIES: Final = {
    "denhaag": "sgravenhage", "denbosch": "shertogenbosch", "adam": "amsterdam", "rdam": "rotterdam",
    "ljouwert": "leeuwarden", "dordt": "dordrecht", "snits": "sneek", "alphen": "alphenaandenrijn",
    "alphenadrijn": "alphenaandenrijn", "bergenoz": "bergenopzoom", "zaanstad": "zaandam", "hfd": "hoofddorp",
    "capelleadijssel": "capelleaandenijssel", "krimpenadijssel": "krimpenaandenijssel", "denbriel": "brielle",
    "boalsert": "bolsward", "drylts": "ijlst", "frjentsjer": "franeker", "harns": "harlingen",
    "gravenhage": "sgravenhage", "hertogenbosch": "shertogenbosch",
}  # fmt: skip
_FLOOR: Final = re.compile(r"(\d|i{1,3}|iv)(?:e|ste|de)?(?:hoog|etage|verd(?:ieping)?)")
_ORDER_OF_FLOORS: Final = {"hs": "h", "huis": "h", "bg": "h", "i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(frozen=True, slots=True, order=True)
class AddressForms:
    """One address: ``number`` is postal code and number, ``exact`` adds letter and addition.

    The excluded-address register stores either form.
    """

    number: str
    exact: str

    @property
    def has_addition(self) -> bool:
        """Whether a letter or an addition says which door."""
        return not self.exact.endswith("|")


def postal_code(address: Address) -> str | None:
    """The postal code as ``3511AB``, or None when it is missing or incomplete."""
    code = _code(address)
    return code.upper() if _POSTAL_CODE.fullmatch(code) else None


def postal_area(address: Address) -> str | None:
    """The four digits of the postal code, also when that is all there is."""
    area = _code(address)[:4]
    return area if _AREA.fullmatch(area) else None


def _code(address: Address) -> str:
    code = compact(base_letters(address.postal_code or ""))
    return "" if code in _NOBODYS_CODES else code


def address_forms(address: Address) -> AddressForms | None:
    """The canonical forms of an address; None without a postal code or a number.

    Letter and addition are one suffix, for organisations write them in each other's fields; an
    addition that repeats the house number loses it; ``hs``, ``H``, ``1hoog`` and roman floors have one
    spelling each.
    """
    code = postal_code(address)
    if code is None or address.house_number is None:
        return None
    number = f"{code}|{address.house_number}"
    return AddressForms(number=number, exact=f"{number}|{_suffix(address)}")


def _suffix(address: Address) -> str:
    addition = base_letters(address.house_number_addition or "")
    repeated = _NUMBER_IN_ADDITION.fullmatch(addition)
    if repeated is not None and int(repeated.group(1)) == address.house_number:
        addition = repeated.group(2)
    suffix = _FLOOR.sub(r"\1", compact(base_letters(address.house_letter or "") + addition))
    return _ORDER_OF_FLOORS.get(suffix, suffix).upper()


def place(address: Address) -> str | None:
    """Street, number and city: the address when its postal code is missing or wrong."""
    if not address.street or not address.city or address.house_number is None:
        return None
    street = re.sub(r"str(?:aat|\.)?$", "", base_letters(address.street))
    return f"{sound(compact(street))}|{address.house_number}|{city(address)}"


def door(address: Address) -> str | None:
    """Four digits and the number: the address when the letters of its postal code are missing or wrong."""
    area = postal_area(address)
    return f"{area}|{address.house_number}" if area and address.house_number is not None else None


def city(address: Address) -> str | None:
    """The city, with its everyday names."""
    known_as = compact(base_letters(address.city or ""))
    return _CITIES.get(known_as, known_as) or None


def residential(addresses: tuple[Address | None, ...]) -> tuple[Address, ...]:
    """Those addresses where people live, in order; a postal address never makes a match (D13)."""
    return tuple(address for address in addresses if address is not None and not _is_postal(address))


def _is_postal(address: Address) -> bool:
    """Whether mail alone goes there, by its kind or by a street that is none: Postbus 12."""
    street = compact(base_letters(address.street or ""))
    return address.kind is AddressKind.POSTAL or _POSTAL_STREET.fullmatch(street) is not None
