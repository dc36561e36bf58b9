"""Who plays a part: the demonstration's organisations, in ``examples/organisations.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from chalicelib.domain.organisation import Domain, Language, OrganisationKind

CAST: Final = Path(__file__).resolve().parent.parent / "organisations.json"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)


class ContactPointRow(_Row):
    """Shown instead of the organisation (D19)."""

    name: str
    email: str
    telephone: str | None = None


class ProfessionalRow(_Row):
    """A supervisor's one professional (D17)."""

    id: str
    name: str
    function: str | None = None
    site: str | None = None
    email: str
    telephone: str | None = None
    language: Language = Language.DUTCH


class OrganisationRow(_Row):
    """One organisation; ``id`` is how the story calls it."""

    id: str
    name: str
    kind: OrganisationKind
    domains: tuple[Domain, ...]
    may_use_bsn: bool
    email_domains: tuple[str, ...]
    oin: str
    contact_point: ContactPointRow | None = None
    municipalities: tuple[str, ...] = ()
    professional: ProfessionalRow | None = None


def read_cast(path: Path = CAST) -> tuple[OrganisationRow, ...]:
    """Every organisation of the demonstration."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(OrganisationRow.model_validate(row) for row in rows)
