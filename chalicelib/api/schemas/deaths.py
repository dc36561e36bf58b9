"""Reports of a death, as the region's administrator sees them (D34)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.domain.death import DeathReport


class DeathReportBody(Body):
    """A report by ids and counts alone; the signal it was made about is erased already."""

    signal_id: str
    organisation_id: str
    reported_at: UtcMoment
    confirmed_at: UtcMoment | None
    others: Annotated[int, Field(ge=0, description="Other signals about the youth, the archive's too.")]
    erased: Annotated[int, Field(ge=0, description="How many of them were erased since.")]


class DeathReportListBody(Body):
    """The reports of two years, what is still to be done first; the ``Link`` header leads to the next."""

    items: list[DeathReportBody]


def death_report_body(report: DeathReport) -> DeathReportBody:
    """One report."""
    return DeathReportBody(
        signal_id=report.signal_id,
        organisation_id=report.organisation_id,
        reported_at=report.reported_at,
        confirmed_at=report.confirmed_at,
        others=len(report.others),
        erased=len(report.others & report.erased),
    )


def death_report_list(reports: Iterable[DeathReport]) -> DeathReportListBody:
    """A page of them."""
    return DeathReportListBody(items=[death_report_body(report) for report in reports])
