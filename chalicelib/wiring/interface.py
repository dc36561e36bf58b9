"""The HTTPS interface, put together."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.api.catalogue import DOCUMENTATION_URL
from chalicelib.api.limits import Limits
from chalicelib.api.repeats import Repeats
from chalicelib.api.serving import Interface
from chalicelib.api.usecases import TablesAnswer, UseCases
from chalicelib.observability import log
from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.security.cursors import Cursors
from chalicelib.security.hashing import index_hasher, pseudonyms
from chalicelib.signals.batch import GiveSignals
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.read import ReadSignals
from chalicelib.wiring import base
from chalicelib.wiring.about_region import AboutRegion
from chalicelib.wiring.about_signals import AboutSignals
from chalicelib.wiring.access import refused_access, token_key


@lru_cache(maxsize=1)
def interface() -> Interface:
    """The endpoints over this stage's storage."""
    settings, clock = base.settings(), base.clock()
    cases = use_cases(
        pseudonyms(settings.pseudonym_secret, clock), index_hasher(settings.index_secret, clock)
    )
    return Interface(cases=cases, documentation_url=DOCUMENTATION_URL, log=log, refused=refused_access())


def use_cases(hashed: Pseudonyms, hasher: IndexHasher) -> UseCases:
    """What the endpoints call: giving and reading at once, all else when a request asks for it."""
    settings, storage, names, clock = base.settings(), base.storage(), base.names(), base.clock()
    legal = settings.legal
    give = GiveSignal(
        storage=storage, hasher=hasher, pseudonyms=hashed, names=names, clock=clock, legal=legal
    )
    signals, region = AboutSignals(hashed, hasher, give), AboutRegion(hashed, hasher)
    return UseCases(
        give_signal=give,
        give_signals=GiveSignals(give=give, clock=clock),
        read_signals=ReadSignals(
            storage=storage, cursors=Cursors(hashed), names=names, clock=clock, legal=legal
        ),
        change_signal=signals.change_signal(),
        end_signal=signals.end_signal(),
        list_uninformed=signals.list_uninformed(),
        open_history=signals.open_history(),
        information_letter=signals.information_letter(),
        renew_signal=signals.renew_signal(),
        read_trail=region.read_trail(),
        read_erasure=region.read_erasure(),
        list_searches=signals.list_searches(),
        read_matches=region.read_matches(),
        read_reviews=region.read_reviews(),
        decide_review=region.decide_review(),
        ask_confirmation=region.ask_confirmation(),
        organisations=region.organisations(),
        rights=region.rights,
        sign_in=region.sign_in(),
        keep_keys=region.keep_keys(),
        token_keys=token_key(),
        issuer=settings.issuer,
        report_death=signals.report_death(),
        confirm_death=signals.confirm_death(),
        transfer_signals=signals.transfer_signals(),
        own_cards=signals.own_cards(),
        own_sites=signals.own_sites(),
        tables_answer=TablesAnswer(storage.organisations),
        base_url=settings.base_url,
        documentation_url=DOCUMENTATION_URL,
        repeats=Repeats(store=storage.repeats, pseudonyms=hashed, names=names, clock=clock),
        limits=Limits(counts=storage.counts, clock=clock, per_minute=settings.requests_per_minute, log=log),
        log=log,
    )
