"""The first operator: the region's administrator, who lets in everybody else over the interface."""

from __future__ import annotations

import getpass
from typing import Final

from chalicelib.domain.errors import OrganisationExists
from chalicelib.domain.organisation import OrganisationKind
from chalicelib.organisations.registration import Registration
from infra.operators.desk import Desk
from infra.stages import Stage

ADMINISTRATOR: Final = "regiobeheer"
"""Its id in every region."""


def administrator_of(stage: Stage) -> Registration:
    """The stage's administrator, where its mails are answered; it manages, and gives no signals."""
    return Registration(
        id=ADMINISTRATOR,
        name=f"Regiobeheer {stage.name}",
        kind=OrganisationKind.ADMINISTRATION,
        domains=(),
        may_use_bsn=False,
        email_domains=(stage.reply_to.rpartition("@")[2].casefold(),),
        administrator=stage.reply_to,
    )


def ensure_administrator(desk: Desk, stage: Stage, operator: str | None = None) -> bool:
    """Register the administrator unless it is there, in whatever state; True when it was not.

    Raises StorageBusy.
    """
    try:
        desk.register(administrator_of(stage), operator=operator or getpass.getuser())
    except OrganisationExists:
        return False
    return True
