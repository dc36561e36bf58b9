"""Telling an organisation's administrator that mail to one of its professionals comes back (D28).

Neither the professional nor the address is named: the organisation's own signal leads to both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.organisation import Language, MailTrouble, Organisation
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.letter import one_line
from chalicelib.notices.mail import common_headers, template
from chalicelib.notices.region import SERVICE, Region
from chalicelib.ports.world import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachableWording:
    """The fixed text of one language; ``opening`` says what happened, ``lines`` what to do."""

    headline: str
    preview: str
    opening: Mapping[MailTrouble, str]
    lines: tuple[str, ...]
    supervisor: str


_BACK = "Een e-mail van ons aan een professional van uw organisatie kwam terug."
_CAME_BACK = "A mail of ours to a professional of your organisation came back."

UNREACHABLE: Mapping[Language, UnreachableWording] = {
    Language.DUTCH: UnreachableWording(
        headline="Een e-mailadres werkt niet",
        preview="Kijk welk e-mailadres in uw signaal staat.",
        opening={
            MailTrouble.BOUNCES: f"{_BACK} Het adres bestaat niet of neemt geen e-mail aan.",
            MailTrouble.SUPPRESSED: f"{_BACK} Het adres staat op een lijst van adressen die niet werken.",
            MailTrouble.COMPLAINED: (
                "Een e-mail van ons aan een professional van uw organisatie is gemeld als spam."
            ),
        },
        lines=(
            "Wij sturen niets meer naar dit adres. Nieuwe berichten blijven liggen.",
            "Open het signaal in uw eigen systeem. Kijk welk e-mailadres bij de professional staat.",
            "Geef een ander adres door bij het signaal. De berichten die bleven liggen, komen dan alsnog.",
            "Klopt het adres? Beantwoord dan deze e-mail. Wij kunnen het adres weer vrijgeven.",
        ),
        supervisor="Het gaat om de contactpersoon die matches voor uw gemeente krijgt.",
    ),
    Language.ENGLISH: UnreachableWording(
        headline="An e-mail address does not work",
        preview="See which e-mail address is in your signal.",
        opening={
            MailTrouble.BOUNCES: f"{_CAME_BACK} The address does not exist or takes no mail.",
            MailTrouble.SUPPRESSED: f"{_CAME_BACK} The address is on a list of addresses that do not work.",
            MailTrouble.COMPLAINED: (
                "A mail of ours to a professional of your organisation was reported as spam."
            ),
        },
        lines=(
            "We send nothing more to this address. New messages wait.",
            "Open the signal in your own system. See which e-mail address the professional has.",
            "Give another address with the signal. The messages that waited will then come.",
            "Is the address right? Then answer this e-mail. We can release the address.",
        ),
        supervisor="It is about the contact who gets matches for your municipality.",
    ),
}


def administrator_of(organisation: Organisation) -> str | None:
    """Who is written to: the administrator, else the contact point (D19), if there is one."""
    if organisation.administrator is not None:
        return organisation.administrator
    return organisation.contact_point.email if organisation.contact_point is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """What is told of a mail that came back.

    Attributes:
        name: the organisation's.
        trouble: what is wrong with the address.
        numbers: of the organisation's own signals that it was about; none for a supervisor.
        language: of the professional whose mail it was.
        notice_ids: the notices in it.
    """

    name: str
    trouble: MailTrouble
    numbers: tuple[str, ...]
    language: Language
    notice_ids: tuple[str, ...]


def render_unreachable(to: str, came_back: CameBack, region: Region) -> Mail:
    """The mail to an administrator."""
    words, common = UNREACHABLE[came_back.language], WORDINGS[came_back.language]
    own = [{"number": number, "reference": None, "day": None} for number in sorted(set(came_back.numbers))]
    parts = {
        "region": region,
        "service": SERVICE,
        "words": common,
        "name": one_line(came_back.name),
        "preview": words.preview,
        "headline": words.headline,
        "opening": words.opening[came_back.trouble],
        "lines": words.lines if own else (words.supervisor, *words.lines),
        "cases": own,
        "number_label": common.number,
    }
    return Mail(
        to=to,
        subject=f"{SERVICE}: {words.headline}",
        text=template("own_signals.txt").render(parts),
        html=template("own_signals.html").render(parts),
        headers=common_headers(came_back.language, came_back.notice_ids, region),
    )
