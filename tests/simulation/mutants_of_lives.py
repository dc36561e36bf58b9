"""The code with one thing wrong: in requests of the family, in handovers, in the archive."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.notice import Notice
from chalicelib.domain.rights import Concerned, RightsRequest
from chalicelib.domain.signal import Signal
from chalicelib.matches import news
from chalicelib.matches.plan import Tally
from chalicelib.matches.reconcile import Reconcile
from chalicelib.ports.parts import Page
from chalicelib.ports.storage import SignalChange
from chalicelib.rights import measures
from chalicelib.rights.carry_out import CarryOut
from chalicelib.rights.run import AgendaReport, WorkOffAgenda
from tests.fakes.signals import FakeSignals
from tests.simulation.stores import SteppedSignals
from tests.simulation.variant import Variant


class ArchiveKeysKept(SteppedSignals):
    """What leaves the archive remains in its index."""

    def change(self, change: SignalChange) -> None:
        """Write the next revision; of the archive remove nothing."""
        SteppedSignals.change(self, change)
        if change.previous.archived is not None:
            for key in change.previous.archived.keys:
                self.state.archive_keys[key].add(change.signal.id)


class OnePageAlone(SteppedSignals):
    """Lists end at their first page."""

    def page(self, *arguments: object, **options: object) -> Page[Signal]:
        """The first, and no next."""
        page = FakeSignals.page(self, *arguments, **options)  # type: ignore[arg-type]
        return Page(page.items, None)


class ArchiveUnasked(Reconcile):
    """Nobody asks the archive."""

    def _look_into_archive(self, tally: Tally) -> None:
        return


_hides = measures._hidden


def _found_still(signal: Signal, request_id: str) -> Signal | None:
    """A signal is hidden, and its keys stay."""
    hidden = _hides(signal, request_id)
    return None if hidden is None else replace(hidden, keys=signal.keys)


def _matched_still(signal: Signal, request_id: str) -> Signal | None:
    """A signal is noted as hidden, and stays active."""
    hidden = _hides(signal, request_id)
    return None if hidden is None else replace(signal, restricted_by=hidden.restricted_by)


def _only_noted(self: CarryOut, request: RightsRequest, one: Concerned) -> RightsRequest:
    """What was decided is noted, and nothing is done."""
    return self._noted(request, one, lambda held: replace(held, hidden=False, carried_out=True))


def _left_lying(*_: object) -> AgendaReport:
    """The hourly run finishes nothing."""
    return AgendaReport()


def _nobody_looks(*_: object) -> tuple[Notice, ...]:
    """Who took a signal over is not looked at."""
    return ()


MUTANTS_OF_LIVES = (
    Variant(name="archive keys kept when a signal leaves it", stores={"signals": ArchiveKeysKept}),
    Variant(name="an archive question left unanswered", reconcile=ArchiveUnasked),
    Variant(name="a hidden signal's keys kept", patches=((measures, "_hidden", _found_still),)),
    Variant(name="a hidden signal still matched", patches=((measures, "_hidden", _matched_still),)),
    Variant(name="a decision noted, not carried out", patches=((CarryOut, "_took", _only_noted),)),
    Variant(name="a request that stopped half-way left so", patches=((WorkOffAgenda, "_work", _left_lying),)),
    Variant(name="a transfer that forgets a page", stores={"signals": OnePageAlone}),
    Variant(name="who takes over not looked at", patches=((news, "_looks_of_takers", _nobody_looks),)),
)
"""Each must be caught, as those of :mod:`tests.simulation.mutants`."""
