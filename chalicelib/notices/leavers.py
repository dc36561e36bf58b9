"""What was told of who has left since, where the last of it was that they are gone (D28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.domain.notice import Notice, NoticeKind, order_of_telling
from chalicelib.domain.organisation import Professional

Leavers = Mapping[str, Sequence[Professional]]
"""By match id: who left, one after the other, before its signal's work came to who has it now."""


def unspent(told: Sequence[Notice], leavers: Leavers) -> list[Notice]:
    """Without the words that say nothing of who took over: their last was an end, before the other left.

    What had begun and not ended when they left goes for who took over; what is told later, of that one.
    """
    paths = {left.receiver: left for path in leavers.values() for left in path}
    spent: set[str] = set()
    for receiver, card in paths.items():
        of_them = [
            one
            for one in told
            if any(left.receiver == receiver for left in leavers.get(one.match_id, ()))
            and _was_told_before(one, card.left_at)
        ]
        if of_them and max(of_them, key=order_of_telling).kind is NoticeKind.ENDED:
            spent |= {one.id for one in of_them}
    return [one for one in told if one.id not in spent]


def _was_told_before(notice: Notice, moment: datetime | None) -> bool:
    return moment is not None and order_of_telling(notice)[0] <= moment
