"""One operation as the document tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.documentation.examples import Example
from chalicelib.api.negotiation import JSON
from chalicelib.api.schemas.base import Body

OF_OAUTH: Final = frozenset({"authorization_server", "token_keys"})
"""Documents whose place and form are OAuth's (RFC 8414, 7517), not ours: the security scheme leads to them.

Under ``paths`` they would break a rule that holds for every resource of ours: words and hyphens, no dots.
"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal that is no problem of the catalogue: what it means, its body, and an example of it."""

    description: str
    body: type[Body]
    example: Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one operation takes and gives.

    ``takes`` and ``gives`` are None where there is no body, or one without a schema of ours;
    ``media_types`` are the names under which a body is taken; ``headers`` are those of a first success
    besides those of every answer; ``leads_to`` names the operations that take the id it gives;
    ``refusals`` by status are told before the problems of that status.
    """

    tag: str
    description: str
    takes: type[Body] | None = None
    media_types: tuple[str, ...] = (JSON,)
    body_required: bool = False
    request_examples: Mapping[str, Example] | None = None
    gives: type[Body] | None = None
    answer_example: Example | None = None
    parameters: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    problems: tuple[ProblemKind, ...] = ()
    refusals: Mapping[int, Refusal] = field(default_factory=dict)
