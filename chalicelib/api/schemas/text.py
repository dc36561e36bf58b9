"""The kinds of text and date that fields hold, each with the pattern that is also its documentation.

Letters are any Latin letter with marks: the BRP's own pattern refuses real names such as Ștefănescu
or Nguyễn. Text is brought to Unicode's form C, and spaces around it go.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.matching import eleven_test

_LETTER: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
_MARK: Final = "\u0300-\u0343\u0345-\u036f"
"""Marks that Unicode's form C keeps: 0344 becomes two, and a name would be longer than it was."""
_APOSTROPHE: Final = "'\u2019"
_QUOTE: Final = '"\u201c\u201d'
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOMAIN_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


def tidy(text: str) -> str:
    """Text in Unicode's form C, without spaces around it.

    What is taken is judged before, as it was written: no more is taken than the pattern and the length say.
    """
    return unicodedata.normalize("NFC", text).strip(" ")


def _valid_bsn(bsn: str) -> str:
    if not eleven_test(bsn):
        raise PydanticCustomError("bsn", "The number fails the eleven-test.")
    return bsn


def _postal_code(code: str) -> str:
    return code.replace(" ", "").upper()


def _iso_date(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("date_type", "A date is a text.")
    try:
        return _calendar_day(value)
    except ValueError:
        raise PydanticCustomError("date", "A date is year-month-day, and exists.") from None


def _calendar_day(text: str) -> date:
    if _ISO_DATE.fullmatch(text) is None:
        raise ValueError("not year-month-day")
    return date.fromisoformat(text)


Choice = TypeVar("Choice", bound=StrEnum)
OneOf = Annotated[Choice, Field(strict=False)]
"""One of the values of an enumeration, told by its text."""

_NAME: Final = f"^[ .{_APOSTROPHE}-]*[{_LETTER}][{_LETTER}{_MARK} .{_APOSTROPHE}-]*$"
_CARD_TEXT: Final = (
    f"^[ .({_APOSTROPHE}{_QUOTE}-]*[{_LETTER}][{_LETTER}{_MARK} .,:;&+/(){_APOSTROPHE}{_QUOTE}\u2013-]*$"
)
_IN_PLACE: Final = f"{_LETTER}{_MARK}0-9.,/(){_APOSTROPHE}{_QUOTE}-"
_PLACE_NAME: Final = f"^ *[{_IN_PLACE}][ {_IN_PLACE}]*$"
_MAILBOX: Final = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAIL_DOMAIN: Final = f"(?:{_DOMAIN_LABEL}\\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]"

Bsn = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{9}$"),
    AfterValidator(_valid_bsn),
    Field(description="Nine digits that pass the eleven-test."),
]
PersonName = Annotated[
    str,
    StringConstraints(pattern=_NAME, max_length=200),
    AfterValidator(tidy),
    Field(description="A name in Latin letters with any marks."),
]
SurnamePrefix = Annotated[
    str,
    StringConstraints(pattern=_NAME, max_length=10),
    AfterValidator(tidy),
    Field(description="What stands before the surname, kept apart from it: van der."),
]
Initials = Annotated[
    str,
    StringConstraints(pattern=_NAME, max_length=20),
    AfterValidator(tidy),
    Field(description="Initials, with or without points: S.J."),
]
CardText = Annotated[
    str,
    StringConstraints(pattern=_CARD_TEXT, max_length=80),
    AfterValidator(tidy),
    Field(description="Letters and punctuation on one line, without digits: it stands on a contact card."),
]
PlaceName = Annotated[
    str,
    StringConstraints(pattern=_PLACE_NAME, max_length=80),
    AfterValidator(tidy),
    Field(description="A street or a town."),
]
Reference = Annotated[
    str,
    StringConstraints(pattern="^[A-Za-z0-9._-]{1,40}$"),
    Field(description="The organisation's own name for something; it may not hold a BSN."),
]
PostalCode = Annotated[
    str,
    StringConstraints(pattern="^ *[1-9][0-9]{3} ?[A-Za-z]{2} *$"),
    AfterValidator(_postal_code),
    Field(description="Four digits and two letters; a space between and small letters are taken too."),
]
HouseLetter = Annotated[str, StringConstraints(pattern="^[A-Za-z]$")]
HouseNumberAddition = Annotated[
    str, StringConstraints(pattern="^ *[A-Za-z0-9-][A-Za-z0-9 -]*$", max_length=4), AfterValidator(tidy)
]
MunicipalityCode = Annotated[
    str, StringConstraints(pattern="^[0-9]{4}$"), Field(description="The municipality's code, four digits.")
]
AddressableObjectId = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{16}$"),
    Field(description="The address's id in the register of addresses and buildings (BAG)."),
]
Email = Annotated[
    str,
    StringConstraints(pattern=f"^{_MAILBOX}(?:\\.{_MAILBOX})*@{_MAIL_DOMAIN}$", max_length=254),
    Field(description="In one of the mail domains that the organisation registered."),
]
Telephone = Annotated[
    str,
    StringConstraints(pattern="^ *[+]?[0-9](?:[ -]?[0-9]){5,14} *$"),
    AfterValidator(tidy),
    Field(description="As E.164 has it, or as it is dialled within the country."),
]
IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A whole day, ``2027-07-31``."""
