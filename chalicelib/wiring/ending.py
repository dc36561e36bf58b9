"""Ending signals, put together."""

from __future__ import annotations

from chalicelib.observability import Code, Metric, log, measure
from chalicelib.ports.world import IndexHasher
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.end import EndSignal
from chalicelib.signals.searching import Thresholds, WatchSearches
from chalicelib.wiring import base


def end_signal(hasher: IndexHasher) -> EndSignal:
    """Closes and retracts, and watches who retracts after a look (D16)."""
    storage, legal = base.storage(), base.settings().legal
    return EndSignal(
        storage=storage,
        names=base.names(),
        clock=base.clock(),
        archiving=Archiving(settings=storage.settings, hasher=hasher, legal=legal),
        watch=_watch(),
    )


def _watch() -> WatchSearches:
    settings = base.settings()
    thresholds = Thresholds(
        professional=settings.searches_of_professional, organisation=settings.searches_of_organisation
    )
    return WatchSearches(
        storage=base.storage(),
        clock=base.clock(),
        thresholds=thresholds,
        alarm=lambda: _alarm(settings.stage),
    )


def _alarm(stage: str) -> None:
    """One line for people and one for the alarm; the list of suspected searches tells of whom."""
    log(Code.SEARCH_SUSPECTED)
    measure(Metric.SEARCHES_SUSPECTED, 1, stage=stage)
