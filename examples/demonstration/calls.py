"""Calls to the index over HTTP, as an organisation's own system would make them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlsplit

from infra.errors import InfraError

_TIMEOUT: Final = 120.0
_PAGE: Final = 100
_OFFICE: Final = "office"
_NEXT: Final = re.compile(r'<([^>]+)>; rel="next"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index answered."""

    status: int
    headers: Mapping[str, str]
    content: Any


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation's way to the index; ``token`` gives an access token that is still good.

    All that it does after giving a signal is done in the name of its office.
    """

    base_url: str
    token: Callable[[], str]

    def give(self, body: Mapping[str, Any]) -> Answer:
        """Give a signal. Raises InfraError when it is refused."""
        return self._accepted("POST", "/signals", body)

    def offer(self, body: Mapping[str, Any]) -> Answer:
        """Give a signal that may be refused: the answer says."""
        return call("POST", f"{self.base_url}/signals", body, token=self.token())

    def end(self, signal_id: str, ending: str) -> Answer:
        """Close or retract a signal. Raises InfraError when it is refused."""
        return self._accepted("POST", f"/signals/{signal_id}/{ending}", {})

    def signals(self) -> Iterator[dict[str, Any]]:
        """All own signals, newest first; each page links to the next (RFC 8288)."""
        path: str | None = f"/signals?limit={_PAGE}"
        while path:
            page = self._accepted("GET", path)
            yield from page.content["items"]
            following = _NEXT.search(page.headers.get("Link", ""))
            path = f"/signals?{urlsplit(following.group(1)).query}" if following else None

    def matches(self, signal_id: str) -> list[dict[str, Any]]:
        """The matches of an own signal."""
        items: list[dict[str, Any]] = self._accepted("GET", f"/signals/{signal_id}/matches").content["items"]
        return items

    def _accepted(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        answer = call(method, self.base_url + path, body, token=self.token(), acting=_OFFICE)
        if answer.status >= 400:  # noqa: PLR2004 - where HTTP's errors begin
            raise InfraError(f"{method} {path} was answered {answer.status}: {json.dumps(answer.content)}")
        return answer


def call(
    method: str,
    url: str,
    body: Mapping[str, Any] | None = None,
    *,
    token: str | None = None,
    acting: str | None = None,
) -> Answer:
    """One request; JSON both ways. No proxy is ever asked: the index is on this machine."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=_TIMEOUT)
    headers = {"Accept": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if acting is not None:
        headers["Professional-Id"] = acting
    if body is not None:
        headers["Content-Type"] = "application/json"
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        text = response.read().decode()
    except OSError as error:
        raise InfraError(f"{method} {url}: {error}") from error
    finally:
        connection.close()
    return Answer(response.status, dict(response.getheaders()), json.loads(text) if text else None)
