"""How a list tells where its next page is (RFC 8288)."""

from __future__ import annotations

from urllib.parse import urlencode


def next_page(url: str, cursor: str | None, *, limit: int, **filters: str | None) -> dict[str, str]:
    """The ``Link`` header of a page of the list at ``url``; nothing at the end.

    ``filters`` are those of the list by their names in a query, None where there is none.
    """
    if cursor is None:
        return {}
    given = {name: value for name, value in filters.items() if value is not None}
    return {"Link": f'<{url}?{urlencode(given | {"limit": limit, "cursor": cursor})}>; rel="next"'}
