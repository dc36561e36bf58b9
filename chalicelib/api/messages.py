"""A request and a response as the endpoints see them: plain values, no Chalice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from chalicelib.api.route import JSON
from chalicelib.domain.caller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request whose caller may do this, with its parts still unread.

    Attributes:
        path: parameters of the path by name.
        query: every value of each parameter, in order.
        headers: by lower-case name.
        body: as received; empty when there is none.
        caller: None on public resources.
        request_id: the gateway's id of the request.
        wants: the media type that the caller likes best of those that the route offers.
    """

    path: Mapping[str, str]
    query: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]
    body: bytes
    caller: Caller | None
    request_id: str | None = None
    wants: str = JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer: a body of the published schemas, or a text that is of its media type already."""

    status: int
    body: BaseModel | str
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON

    def text(self) -> str:
        """The body as it is sent."""
        return self.body if isinstance(self.body, str) else self.body.model_dump_json(by_alias=True)
