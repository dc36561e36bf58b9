"""The legal profile of a stage reaches every use case that asks for one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass, replace

import pytest

import chalicelib
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.wiring import base, delivery, erasing, expiry, histories, interface, letters, matching
from chalicelib.wiring.later import Later
from infra.chalice_config import environment
from infra.stages import LOCAL_STAGE, stage_named
from tests.fakes import FakeHasher, FakePseudonyms

OTHER_LAW = replace(
    DUTCH_DEFAULT,
    name="another law",
    age_limit=21,
    address_match=False,
    address_alone=False,
    supervisor_notices=False,
)
WIRED: tuple[Callable[[], object], ...] = (
    interface.interface,
    expiry.expire,
    expiry.remind,
    expiry.remind_of_informing,
    delivery.deliver,
    letters.information_letter,
    erasing.erase_signal,
    lambda: matching.reconcile(lambda: True),
    lambda: histories.open_history(FakePseudonyms(), FakeHasher()),
)
"""Everything that ``chalicelib.wiring`` puts together and that asks for the law."""
MADE_OF_SETTINGS = "chalicelib.settings.Settings"


def named(kind: type) -> str:
    """A class by its full name."""
    return f"{kind.__module__}.{kind.__qualname__}"


def reached(root: object, seen: set[int]) -> Iterator[object]:
    """Every object of ours that can be reached from one."""
    if id(root) in seen or not type(root).__module__.startswith("chalicelib"):
        return
    seen.add(id(root))
    if isinstance(root, Later):
        yield from reached(root.now(), seen)
        return
    yield root
    for kind in type(root).__mro__:
        for name in (*getattr(kind, "__slots__", ()), *getattr(root, "__dict__", {})):
            yield from reached(getattr(root, name, None), seen)


def ask_for_law() -> set[str]:
    """Every class that has the Dutch default where it is not told another law."""
    found = set()
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.name:
                defaults = {field.name: field.default for field in fields(one)}
                if defaults.get("legal", MISSING) is not MISSING:
                    found.add(named(one))
    return found - {MADE_OF_SETTINGS}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stage under another law; nothing of it asks AWS for anything."""
    for name, value in environment(stage_named(LOCAL_STAGE), base_url="https://index.example/v1").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("VERWIJSINDEX_LEGAL", OTHER_LAW.as_text())
    forget()
    yield
    forget()


def forget() -> None:
    """As a process that starts."""
    for made in (
        *(base.settings, base.storage, base.names, base.clock),
        *(interface.interface, delivery.deliver, matching.hasher),
    ):
        made.cache_clear()


@pytest.mark.usefixtures("elsewhere")
def test_every_use_case_that_asks_for_the_law_is_told_that_of_its_stage() -> None:
    """None keeps the Dutch default by oversight."""
    told: dict[str, LegalProfile] = {}
    for make in WIRED:
        for one in reached(make(), set()):
            if hasattr(one, "legal") and named(type(one)) != MADE_OF_SETTINGS:
                told[named(type(one))] = one.legal

    assert told == dict.fromkeys(ask_for_law(), OTHER_LAW)


@pytest.mark.usefixtures("elsewhere")
def test_matching_follows_the_switches_of_the_law() -> None:
    """Address and organisation are matched, and supervisors told, as the region wants it (D12, D14, D17)."""
    reconcile = matching.reconcile(lambda: True)

    by_address = (reconcile.profile.address_match, reconcile.profile.address_alone)
    assert by_address == (False, False)
    assert (reconcile.same_organisation, reconcile.supervisor_notices) == (False, False)
