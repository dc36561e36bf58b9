"""The HTTPS interface, put together."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.api.catalogue import DOCUMENTATION_URL
from chalicelib.api.limits import Limits
from chalicelib.api.repeats import Repeats
from chalicelib.api.serving import Interface
from chalicelib.api.usecases import TablesAnswer, UseCases
from chalicelib.matches.read import ReadMatches
from chalicelib.observability import Code, Metric, log, measure
from chalicelib.reviews.ask import AskConfirmation
from chalicelib.reviews.decide import DecideReview
from chalicelib.reviews.read import ReadReviews
from chalicelib.security.cursors import Cursors
from chalicelib.security.hashing import index_hasher, pseudonyms
from chalicelib.settings import Settings
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.batch import GiveSignals
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.end import EndSignal
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.own_cards import KeepOwnCards
from chalicelib.signals.own_sites import KeepOwnSites
from chalicelib.signals.read import ReadSignals
from chalicelib.signals.renew import RenewSignal
from chalicelib.signals.searching import ListSearches, Thresholds, WatchSearches
from chalicelib.signals.transfer import TransferSignals
from chalicelib.signals.uninformed import ListUninformed
from chalicelib.wiring import base
from chalicelib.wiring.access import refused_access, token_key
from chalicelib.wiring.later import (
    LaterDeathConfirmation,
    LaterDeathReport,
    LaterErasure,
    LaterHistory,
    LaterKeys,
    LaterLetters,
    LaterRights,
    LaterSignIn,
    LaterTrail,
)
from chalicelib.wiring.organisations import organisation_cases


@lru_cache(maxsize=1)
def interface() -> Interface:
    """The endpoints over this stage's storage."""
    settings, storage, names, clock = base.settings(), base.storage(), base.names(), base.clock()
    hashed = pseudonyms(settings.pseudonym_secret, clock)
    hasher = index_hasher(settings.index_secret, clock)
    legal = settings.legal
    give = GiveSignal(
        storage=storage, hasher=hasher, pseudonyms=hashed, names=names, clock=clock, legal=legal
    )
    archiving = Archiving(settings=storage.settings, hasher=hasher, legal=legal)
    cases = UseCases(
        give_signal=give,
        give_signals=GiveSignals(give=give, clock=clock),
        read_signals=ReadSignals(
            storage=storage, cursors=Cursors(hashed), names=names, clock=clock, legal=legal
        ),
        change_signal=ChangeSignal(
            storage=storage, hasher=hasher, pseudonyms=hashed, names=names, clock=clock, legal=legal
        ),
        end_signal=EndSignal(
            storage=storage, names=names, clock=clock, archiving=archiving, watch=_watch(settings)
        ),
        list_uninformed=ListUninformed(
            storage=storage, cursors=Cursors(hashed), names=names, clock=clock, legal=legal
        ),
        open_history=LaterHistory(hashed, hasher),
        information_letter=LaterLetters(),
        renew_signal=RenewSignal(
            storage=storage, give=give, names=names, clock=clock, stage_code=settings.stage_code
        ),
        read_trail=LaterTrail(hashed),
        read_erasure=LaterErasure(),
        list_searches=ListSearches(storage=storage, cursors=Cursors(hashed), names=names, clock=clock),
        read_matches=ReadMatches(storage=storage, names=names, clock=clock),
        read_reviews=ReadReviews(storage=storage, cursors=Cursors(hashed), names=names, clock=clock),
        decide_review=DecideReview(storage=storage, names=names, clock=clock),
        ask_confirmation=AskConfirmation(storage=storage, names=names, clock=clock),
        organisations=organisation_cases(hashed, hasher),
        rights=LaterRights(hashed, hasher),
        sign_in=LaterSignIn(hashed),
        keep_keys=LaterKeys(),
        token_keys=token_key(),
        issuer=settings.issuer,
        report_death=LaterDeathReport(hasher),
        confirm_death=LaterDeathConfirmation(hashed),
        transfer_signals=TransferSignals(storage=storage, cursors=Cursors(hashed), names=names, clock=clock),
        own_cards=KeepOwnCards(storage=storage, cursors=Cursors(hashed), names=names, clock=clock),
        own_sites=KeepOwnSites(storage=storage, cursors=Cursors(hashed), names=names, clock=clock),
        tables_answer=TablesAnswer(storage.organisations),
        base_url=settings.base_url,
        documentation_url=DOCUMENTATION_URL,
        repeats=Repeats(store=storage.repeats, pseudonyms=hashed, names=names, clock=clock),
        limits=Limits(counts=storage.counts, clock=clock, per_minute=settings.requests_per_minute, log=log),
        log=log,
    )
    return Interface(cases=cases, documentation_url=DOCUMENTATION_URL, log=log, refused=refused_access())


def _watch(settings: Settings) -> WatchSearches:
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
