"""The words of mails about a professional's own signals, in Dutch at level B1 and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWording:
    """The fixed text of one kind in one language.

    ``one`` and ``many`` are the headline, which names nobody; ``day`` is what the day of each signal is
    called, None when it has none.
    """

    one: str
    many: str
    preview: str
    opening: str
    lines: tuple[str, ...]
    day: str | None = None

    def headline(self, count: int) -> str:
        """``2 signalen om te controleren``."""
        return self.one if count == 1 else self.many.format(count)


CONFIRMATION: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal om te controleren",
        many="{} signalen om te controleren",
        preview="Kijk of de gegevens in uw signaal nog kloppen.",
        opening="Wilt u controleren of de gegevens van de jeugdige in uw signaal kloppen en compleet zijn?",
        lines=(
            "Open het signaal in uw eigen systeem. Verbeter wat niet klopt en vul aan wat ontbreekt.",
            "Kijk vooral naar de namen, de geboortedatum, het geslacht en het adres.",
            "Mag u het BSN gebruiken? Controleer dat dan ook.",
            "Klopt alles? Dan hoeft u niets te doen.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal to check",
        many="{} signals to check",
        preview="See whether the details in your signal are still right.",
        opening="Please check whether the details of the young person in your signal are right and complete.",
        lines=(
            "Open the signal in your own system. Correct what is wrong and add what is missing.",
            "Look at the names, the date of birth, the sex and the address.",
            "May you use the citizen service number (BSN)? Then check that as well.",
            "Is everything right? Then you need not do anything.",
        ),
    ),
}
END_NEAR: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal stopt binnenkort",
        many="{} signalen stoppen binnenkort",
        preview="Kijk of u daarna nog betrokken bent.",
        opening="Uw signaal stopt vanzelf na de einddatum. Bent u daarna nog betrokken?",
        lines=(
            "Bent u dan niet meer betrokken? Dan hoeft u niets te doen.",
            "Bent u dan nog wel betrokken? Beoordeel dan opnieuw of een signaal nodig is.",
            "Is het nodig? Vernieuw het signaal dan in uw eigen systeem, vóór de einddatum.",
            "Een vernieuwd signaal is een nieuw signaal. Informeer het gezin dus ook opnieuw.",
        ),
        day="Einddatum",
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal ends soon",
        many="{} signals end soon",
        preview="See whether you are still involved after that.",
        opening="Your signal ends by itself after its end date. Are you still involved after that?",
        lines=(
            "Are you no longer involved then? Then you need not do anything.",
            "Are you still involved then? Then assess anew whether a signal is needed.",
            "Is it needed? Then renew the signal in your own system, before the end date.",
            "A renewed signal is a new signal. So inform the family again as well.",
        ),
        day="End date",
    ),
}

OWN_WORDINGS: Final[Mapping[NoticeKind, Mapping[Language, OwnWording]]] = {
    NoticeKind.CONFIRMATION: CONFIRMATION,
    NoticeKind.END_NEAR: END_NEAR,
}
"""The words of each kind that is about an own signal alone."""
