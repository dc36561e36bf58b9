"""What the table of routes says of each operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chalicelib.domain.organisation import Scope

JSON: Final = "application/json"
HTML: Final = "text/html"

OWN_ID: Final = "organisationId"
"""The parameter of a path that names an organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation of the interface.

    Attributes:
        path: template under the base path, ``/signals/{signalId}``.
        name: of the endpoint, also the ``operationId``.
        scope: that the caller needs; None only for public documents, and where one proves who one is.
        statuses: of success.
        public: any browser may read it.
        names_in_body: what is sent names the professional itself, so that no header has to.
        own: without the scope an organisation may do this to itself, whose id is in the path.
        media_types: in which a success can be answered, what is given to who does not mind first.
    """

    method: str
    path: str
    name: str
    scope: Scope | None
    statuses: tuple[int, ...]
    summary: str
    public: bool = False
    names_in_body: bool = False
    own: bool = False
    media_types: tuple[str, ...] = (JSON,)

    @property
    def names_professional(self) -> bool:
        """Whether ``Professional-Id`` has to say who acts (D39).

        On every change, and on reads of matches and of requests of families.
        """
        if self.scope is None or self.names_in_body:
            return False
        return self.method != "GET" or self.scope in {Scope.MATCHES_READ, Scope.RIGHTS_HANDLE}
