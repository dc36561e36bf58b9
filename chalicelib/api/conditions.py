"""Entity tags, and the condition under which a change may be made (RFC 9110, sections 8.8.3 and 13.1.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Protocol

from chalicelib.api import catalogue
from chalicelib.api.problems import FieldError, InvalidRequest, Problem

_TAG: Final = re.compile(r'(W/)?"([!#-~]*)"')
ENTITY_TAGS: Final = re.compile(rf"{_TAG.pattern}([ \t]*,[ \t]*{_TAG.pattern})*")
_REVISION: Final = re.compile(r"[1-9][0-9]{0,9}")


class Revised(Protocol):
    """What counts its changes."""

    @property
    def id(self) -> str:
        """Unique among all that is revised."""

    @property
    def revision(self) -> int:
        """Raised by every change."""


def entity_tag(resource: Revised) -> str:
    """The tag of a resource at a revision: ``"<id>.<revision>"``; another's tag never fits."""
    return f'"{resource.id}.{resource.revision}"'


def if_match(headers: Mapping[str, str], resource_id: str) -> frozenset[int] | None:
    """The revisions of this resource that ``If-Match`` names, None for ``*``: whatever there is.

    A weak tag fits nothing, as a strong comparison has it. Raises Problem (precondition-required)
    without the header, InvalidRequest when it is none.
    """
    given = headers.get("if-match", "").strip()
    if not given:
        raise Problem(catalogue.PRECONDITION_REQUIRED)
    if given == "*":
        return None
    if ENTITY_TAGS.fullmatch(given) is None:
        detail = "One entity tag or more, as the ETag of an answer gave them."
        raise InvalidRequest([FieldError("header", "/If-Match", "invalid-format", detail)])
    found = (_revision(tag, resource_id) for weak, tag in _TAG.findall(given) if not weak)
    return frozenset(revision for revision in found if revision is not None)


def _revision(tag: str, resource_id: str) -> int | None:
    whose, _, revision = tag.rpartition(".")
    return int(revision) if whose == resource_id and _REVISION.fullmatch(revision) else None
