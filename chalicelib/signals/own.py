"""What belongs to the organisation that calls; another's signal is not there."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import CardMissing, SignalErased, SignalNotFound
from chalicelib.domain.history import History
from chalicelib.domain.organisation import Professional
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import Unreadable
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import Storage
from chalicelib.signals.request import OwnSignal


def own_signal(storage: Storage, caller: Caller, signal_id: str) -> Signal:
    """The caller's own signal, opened.

    Raises SignalNotFound, for another organisation's too, SignalErased, SealBroken.
    """
    return _own(storage.signals.get(signal_id), caller)


def own_signal_to_erase(storage: Storage, caller: Caller, signal_id: str) -> Signal:
    """As :func:`own_signal`; a record that does not open goes unread, for it goes."""
    try:
        return own_signal(storage, caller, signal_id)
    except SealBroken:
        return _own(storage.signals.sealed([signal_id]).get(signal_id), caller)


def _own(signal: Signal | None, caller: Caller) -> Signal:
    if signal is None or signal.organisation_id != caller.organisation.id:
        raise SignalNotFound
    if signal.state is SignalState.ERASED:
        raise SignalErased
    return signal


def card_of_holder(storage: Storage, signal: Signal) -> Professional:
    """The card of who holds a signal, as it is now. Raises CardMissing without one that can be read."""
    try:
        card = storage.organisations.professional(signal.organisation_id, signal.professional_id)
    except Unreadable as error:
        raise CardMissing from error
    if card is None:
        raise CardMissing
    return card


def with_professional(storage: Storage, signal: Signal) -> OwnSignal:
    """The signal with the card of its professional, as it is now. Raises CardMissing."""
    return with_card(storage, signal, card_of_holder(storage, signal))


def with_card(storage: Storage, signal: Signal, professional: Professional) -> OwnSignal:
    """The signal with a card that was read."""
    told = storage.archive.histories([signal.id]) if signal.ended_at is None else {}
    return OwnSignal(signal=signal, professional=professional, earlier=earlier_of(told, signal))


def earlier_of(told: Mapping[str, History], signal: Signal) -> bool | None:
    """Whether there are earlier signals, as far as the archive told; None once the signal ended (D36)."""
    history = told.get(signal.id)
    return None if history is None or signal.ended_at is not None else history.earlier
