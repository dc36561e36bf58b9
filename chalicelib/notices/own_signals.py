"""Mails about a professional's own signals alone: a question to confirm them, and reminders.

Nothing here knows of another organisation, or of the youth: own signal numbers, own references and days.
Each kind has its words in :mod:`chalicelib.notices.own_wording`, and here when it still stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.domain.organisation import Professional, receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.letter import one_line
from chalicelib.notices.mail import common_headers, template
from chalicelib.notices.own_wording import OWN_WORDINGS
from chalicelib.notices.region import SERVICE, Region
from chalicelib.ports.world import Mail


@dataclass(frozen=True, slots=True)
class OwnNews:
    """A notice that is about an own signal alone, and that signal."""

    notice: Notice
    own: Signal


@dataclass(frozen=True, slots=True)
class SortedOwnNews:
    """Due notices by what is to be done with them; what is sent, per kind, goes in a mail of its own."""

    send: Mapping[NoticeKind, tuple[OwnNews, ...]]
    cancel: tuple[Notice, ...]


def _is_active(news: OwnNews, today: date) -> bool:
    return news.own.is_active(today)


def _ends_then(news: OwnNews, today: date) -> bool:
    """Whether the signal still ends on the day of which is reminded: what was shortened has another."""
    return news.own.is_active(today) and news.own.ends_on == news.notice.day


def _is_untold(news: OwnNews, today: date) -> bool:
    """Whether the family still has to be told by, or since, the day of which is reminded (D30)."""
    return news.own.is_active(today) and news.own.inform_by == news.notice.day


_STANDS: Final[Mapping[NoticeKind, Callable[[OwnNews, date], bool]]] = {
    NoticeKind.CONFIRMATION: _is_active,
    NoticeKind.END_NEAR: _ends_then,
    NoticeKind.INFORMING_NEAR: _is_untold,
    NoticeKind.INFORMING_OVERDUE: _is_untold,
}
"""Whether it still has to be said, by kind."""


def sort_own_news(
    notices: Iterable[Notice], signals: Mapping[str, Signal], receiver: str, today: date
) -> SortedOwnNews:
    """What still stands, and is about a signal that is still the receiver's; the rest is cancelled."""
    send: dict[NoticeKind, tuple[OwnNews, ...]] = {}
    cancel: list[Notice] = []
    for notice in notices:
        own = signals.get(notice.signal_id) if notice.signal_id is not None else None
        if (
            own is not None
            and _receiver(own) == receiver
            and _STANDS[notice.kind](OwnNews(notice, own), today)
        ):
            send[notice.kind] = (*send.get(notice.kind, ()), OwnNews(notice, own))
        else:
            cancel.append(notice)
    return SortedOwnNews(send, tuple(cancel))


def render_own_news(addressee: Professional, news: Sequence[OwnNews], region: Region) -> Mail:
    """One mail with all that is said in one kind: each signal once, by number and own reference.

    Raises IndexError without any news.
    """
    kind = news[0].notice.kind
    said = OWN_WORDINGS[kind][addressee.language]
    words = WORDINGS[addressee.language]
    cases = sorted({_case(one) for one in news})
    parts = {
        "region": region,
        "service": SERVICE,
        "words": words,
        "name": one_line(addressee.name),
        "preview": said.preview,
        "headline": said.headline(len(cases)),
        "opening": said.opening,
        "lines": said.lines_under(region.legal),
        "cases": [
            {
                "number": number,
                "reference": reference,
                "day": words.date(date.fromisoformat(day)) if said.day is not None else None,
            }
            for number, reference, day in cases
        ],
        "day_label": said.day,
    }
    return Mail(
        to=addressee.email,
        subject=f"{SERVICE}: {said.headline(len(cases))}",
        text=template("own_signals.txt").render(parts),
        html=template("own_signals.html").render(parts),
        headers=common_headers(addressee.language, [one.notice.id for one in news], region),
    )


def _case(news: OwnNews) -> tuple[str, str, str]:
    day = news.notice.day.isoformat() if news.notice.day is not None else ""
    return news.own.number, one_line(news.own.reference), day


def _receiver(signal: Signal) -> str:
    return receiver_key(signal.organisation_id, signal.professional_id)
