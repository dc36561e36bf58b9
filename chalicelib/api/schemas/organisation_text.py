"""The kinds of text that fields of an organisation hold, each with the pattern that documents it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.api.schemas.text import tidy
from chalicelib.organisations import numbers

_SEEN: Final = "!-~\u00a1-\u00ac\u00ae-\u02af\u0300-\u0343\u0345-\u036f\u1e00-\u1eff\u2013-\u201d"
"""Latin letters with any marks, digits, and the signs of a keyboard; no soft hyphen, which nobody sees."""

OrganisationName = Annotated[
    str,
    StringConstraints(pattern=f"^ *[{_SEEN}][ {_SEEN}]*$", max_length=200),
    AfterValidator(tidy),
    Field(description="As others see it, on one line."),
]
OrganisationId = Annotated[
    str,
    StringConstraints(pattern="^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"),
    Field(description="Letters, digits and hyphens."),
]
EmailDomain = Annotated[
    str,
    StringConstraints(pattern="^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", max_length=253),
    Field(description="What stands after the @, in small letters; a subdomain is another one."),
]
AwsAccount = Annotated[str, StringConstraints(pattern="^[0-9]{12}$"), Field(description="Twelve digits.")]
Oin = Annotated[
    str,
    StringConstraints(pattern=f"^{numbers.OIN}$"),
    Field(description="Government's number of organisations; those for tests start 00000099."),
]
Kvk = Annotated[
    str, StringConstraints(pattern=f"^{numbers.KVK}$"), Field(description="Number in the trade register.")
]
Brin = Annotated[
    str,
    StringConstraints(pattern=f"^{numbers.BRIN}$"),
    Field(description="Number of a school, or of its location."),
]
Agb = Annotated[
    str, StringConstraints(pattern=f"^{numbers.AGB}$"), Field(description="Code of a care provider.")
]
