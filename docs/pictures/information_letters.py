"""Letters to families as the pictures show them: of a fictional school."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.organisation import Language, Professional
from chalicelib.signals.inform import Audience, InformationLetter

_TEACHER = Professional(
    organisation_id="regenboog",
    id="staff-17",
    name="Joris Jansen",
    function="Intern begeleider",
    site=None,
    email="j.jansen@regenboog.example",
    telephone="+31301234567",
    language=Language.DUTCH,
)


def _letter(audience: Audience) -> InformationLetter:
    return InformationLetter(
        audience=audience,
        language=Language.DUTCH,
        organisation="Basisschool De Regenboog",
        professional=_TEACHER,
        region_mail="beheer@midden-nederland.example",
        day=date(2026, 11, 22),
        legal=DUTCH_DEFAULT,
    )


INFORMATION_LETTERS = {
    "letter-parents-nl": _letter(Audience.PARENTS),
    "letter-youth-nl": _letter(Audience.YOUTH),
}
