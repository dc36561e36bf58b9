"""Writing reminders: each once, whatever stops a run and however often it runs."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.domain.notice import Notice, NoticeState
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.storage import Storage


def write_reminders(storage: Storage, reminders: Iterable[Notice]) -> int:
    """Write those that were not given yet, wake delivery, and say how many these are."""
    wanted = {one.id: one for one in reminders}
    held = storage.notices.get_many(wanted)
    new = [one for one in wanted.values() if _is_unsaid(held.get(one.id))]
    if not new:
        return 0
    try:
        storage.notices.add(new)
    except AlreadyThere:
        return 0  # somebody else writes them; what is left out is found again the next day
    storage.notices.wake({one.receiver for one in new})
    return len(new)


def _is_unsaid(held: Notice | None) -> bool:
    return held is None or held.state is NoticeState.CANCELLED
