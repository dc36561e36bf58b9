"""What a professional reads of a measure on their signal: what happened, never why (D33; GDPR, art. 19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Language
from chalicelib.notices.own_text import OwnWording

SIGNAL_CORRECTED: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal verbeterd",
        many="{} signalen verbeterd",
        preview="Wij hebben gegevens in uw signaal verbeterd.",
        opening="Wij hebben gegevens van de jeugdige in uw signaal verbeterd. Dat is na een besluit gebeurd.",
        lines=(
            "Open het signaal in uw eigen systeem. Daar ziet u de nieuwe gegevens.",
            "Neem ze over in uw dossier als ze daar ook niet kloppen.",
            "Uw signaal loopt gewoon door. Soms verandert wel met wie u een match hebt.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal corrected",
        many="{} signals corrected",
        preview="We have corrected details in your signal.",
        opening="We have corrected details of the young person in your signal. This follows a decision.",
        lines=(
            "Open the signal in your own system. There you see the new details.",
            "Correct them in your own record as well, if they are wrong there.",
            "Your signal goes on as before. Whom you have a match with may change.",
        ),
    ),
}
SIGNAL_RESTRICTED: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal tijdelijk verborgen",
        many="{} signalen tijdelijk verborgen",
        preview="Wij hebben uw signaal tijdelijk verborgen.",
        opening="Wij hebben uw signaal tijdelijk verborgen. Niemand vindt het nu.",
        lines=(
            "Er komen geen nieuwe matches bij. De matches die er waren, zijn gestopt.",
            "Wij bewaren uw signaal wel. U hoort het als er weer iets verandert.",
            "U hoeft nu niets te doen.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal hidden for now",
        many="{} signals hidden for now",
        preview="We have hidden your signal for now.",
        opening="We have hidden your signal for now. Nobody finds it.",
        lines=(
            "There will be no new matches. The matches that there were have ended.",
            "We do keep your signal. You will hear when something changes again.",
            "You need not do anything now.",
        ),
    ),
}
SIGNAL_RESTORED: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal weer zichtbaar",
        many="{} signalen weer zichtbaar",
        preview="Uw signaal doet weer mee.",
        opening="Uw signaal was tijdelijk verborgen. Nu doet het weer mee.",
        lines=(
            "Er kunnen weer matches komen. U krijgt daar bericht van.",
            "Bent u niet meer betrokken? Sluit het signaal dan af in uw eigen systeem.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal back again",
        many="{} signals back again",
        preview="Your signal takes part again.",
        opening="Your signal was hidden for a while. Now it takes part again.",
        lines=(
            "There may be matches again. You will be told of them.",
            "Are you no longer involved? Then close the signal in your own system.",
        ),
    ),
}
SIGNAL_CLOSED: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal afgesloten",
        many="{} signalen afgesloten",
        preview="Wij hebben uw signaal afgesloten.",
        opening="Wij hebben uw signaal afgesloten. Dat is na een besluit gebeurd.",
        lines=(
            "Het signaal geeft geen matches meer. De matches die er waren, zijn gestopt.",
            "Zet in uw eigen dossier dat het signaal is gestopt.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal closed",
        many="{} signals closed",
        preview="We have closed your signal.",
        opening="We have closed your signal. This follows a decision.",
        lines=(
            "The signal makes no matches any more. The matches that there were have ended.",
            "Put in your own record that the signal has ended.",
        ),
    ),
}
SIGNAL_ERASED: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal verwijderd",
        many="{} signalen verwijderd",
        preview="Wij hebben uw signaal verwijderd.",
        opening="Wij hebben uw signaal helemaal verwijderd. Dat is na een besluit gebeurd.",
        lines=(
            "Wij weten nu alleen nog het nummer, en dat het van u was.",
            "De matches die er waren, zijn gestopt.",
            "Mag u het nummer niet meer bewaren? Haal het dan ook weg uit uw eigen dossier.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal erased",
        many="{} signals erased",
        preview="We have erased your signal.",
        opening="We have erased your signal, whole. This follows a decision.",
        lines=(
            "All that we still know is its number, and that it was yours.",
            "The matches that there were have ended.",
            "May you not keep the number any more? Then take it out of your own record as well.",
        ),
    ),
}

MEASURE_WORDINGS: Final[Mapping[NoticeKind, Mapping[Language, OwnWording]]] = {
    NoticeKind.SIGNAL_CORRECTED: SIGNAL_CORRECTED,
    NoticeKind.SIGNAL_RESTRICTED: SIGNAL_RESTRICTED,
    NoticeKind.SIGNAL_RESTORED: SIGNAL_RESTORED,
    NoticeKind.SIGNAL_CLOSED: SIGNAL_CLOSED,
    NoticeKind.SIGNAL_ERASED: SIGNAL_ERASED,
}
"""The words of each measure."""
