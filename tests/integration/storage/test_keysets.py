"""A new key set comes in while signals keep coming, over the real stores as in memory: no match is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.signal import Archived, SignalState
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import Address, MatchingProfile, default_model
from chalicelib.models.settings import KEPT
from chalicelib.models.transactions import Transaction
from chalicelib.organisations.exclude_address import ExcludeAddress, Exclusion, Level
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.storage import ExcludedAddress, SettingStore, SignalChange, Storage
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.end import EndSignal
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.request import KeptContent, SignalRequest
from chalicelib.upkeep.keysets import SETTLING, KeysetRefused, Keysets, Step
from chalicelib.upkeep.rekeying import Rekeying
from tests.builders import STAGE_CODE, TODAY, make_audit, make_organisation, make_youth
from tests.fakes import FakeHasher, FakeNames, FakePseudonyms
from tests.signal_requests import (
    FORMER_KEYSET,
    NEXT_KEYSET,
    archiving_of,
    make_caller,
    make_card,
    make_request,
)
from tests.unit.organisations.operators import FakeVersions

if TYPE_CHECKING:
    from tests.integration.storage.conftest import Region

NEW = NEXT_KEYSET
HASHER = FakeHasher(frozenset({FORMER_KEYSET, FIRST_KEYSET, NEW}))
SHELTER = ExcludedAddress(
    id="lo-e1",
    form="3511AB|12",
    level="NUMBER",
    kind="SHELTER",
    source="gemeente",
    valid_from=TODAY,
    valid_until=None,
    address=Address(postal_code="3511AB", house_number=12),
)


SHELTER_LATER = replace(SHELTER, id="lo-e3", valid_from=TODAY + timedelta(days=3))


@dataclass(slots=True)
class Interrupted:
    """Settings that let something happen, once, right after somebody asked for the key sets in use."""

    settings: SettingStore
    happens: Callable[[], object]

    def keysets_in_use(self) -> KeysetsInUse:
        """As they were before it happened."""
        found, happens = self.settings.keysets_in_use(), self.happens
        self.happens = lambda: None
        happens()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.settings, name)


@dataclass(slots=True)
class Rotation:
    """A region whose index secret is changed, and the organisations that go on giving signals."""

    region: Region
    old: str = FIRST_KEYSET
    names: FakeNames = field(default_factory=FakeNames)
    versions: FakeVersions = field(default_factory=FakeVersions)
    given: list[str] = field(default_factory=list)

    @property
    def storage(self) -> Storage:
        """The region's."""
        return self.region.storage

    @property
    def keysets(self) -> Keysets:
        """The operator's steps."""
        return Keysets(
            storage=self.storage,
            versions=self.versions,
            trail=OperatorTrail(self.names, self.region.clock),
            clock=self.region.clock,
        )

    @property
    def rekeying(self) -> Rekeying:
        """The operator's walks."""
        return Rekeying(storage=self.storage, hasher=HASHER, keysets=self.keysets)

    def give(self) -> str:
        """Another organisation gives a signal about the one boy, and it is reconciled."""
        organisation = make_organisation(f"o{len(self.given)}")
        give = GiveSignal(
            storage=self.storage,
            hasher=HASHER,
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.region.clock,
        )
        request = make_request(professional=make_card(email=f"x@{organisation.id}.example"))
        signal_id = give(make_caller(organisation), request, None).signal.id
        self.given.append(signal_id)
        self.reconcile(signal_id)
        return signal_id

    def interrupted(self) -> Storage:
        """As another function opens it, whose first look at the key sets a begin and a backfill follow."""

        def meanwhile() -> None:
            if self.keysets.under_way() is None:
                self.keysets.begin("v2", operator="eva")
            self.rekeying.backfill()

        storage = self.region.another()
        settings = Interrupted(storage.settings, meanwhile)
        stores = {one.name: getattr(storage, one.name) for one in fields(Storage)}
        exclusions = replace(stores["exclusions"], settings=settings)
        return Storage(**{**stores, "exclusions": exclusions, "settings": settings})

    def reconcile(self, signal_id: str) -> None:
        """As the match function does."""
        Reconcile(
            storage=self.storage,
            hasher=HASHER,
            names=self.names,
            clock=self.region.clock,
            model=default_model(),
            profile=MatchingProfile(),
            stage_code=STAGE_CODE,
            same_organisation=False,
        )(signal_id)

    def keysets_of(self, signal_id: str) -> set[str]:
        """Under which key sets a signal can be found."""
        signal = self.storage.signals.get(signal_id)
        assert signal is not None
        return {key.keyset for key in signal.keys}

    def all_matched(self) -> bool:
        """Whether every two of the signals match."""
        return {len(self.storage.matches.of_signal(one)) for one in self.given} == {len(self.given) - 1}


@pytest.fixture(params=[FIRST_KEYSET, FORMER_KEYSET], ids=["new secret", "new fold"])
def rotation(region: Region, request: pytest.FixtureRequest) -> Rotation:
    """A region with two signals and an excluded address, kept by this fold or by the one before."""
    found = Rotation(region, old=request.param)
    if found.old != FIRST_KEYSET:
        first = region.storage.settings.keysets()[0]
        region.storage.settings.put_keysets((found.old,), (found.old,), previous=first)
    found.give()
    found.give()
    region.storage.exclusions.put(SHELTER)
    return found


def test_no_match_is_lost_while_a_new_key_set_comes_in(rotation: Rotation) -> None:
    """A signal is given before, between and after all steps; each finds all that were given before it."""
    clock, first = rotation.region.clock, rotation.given[0]
    revision = rotation.storage.signals.sealed([first])[first].revision

    rotation.keysets.begin("v2", operator="eva")
    during = rotation.give()
    assert rotation.keysets_of(during) == {rotation.old, NEW}
    backfilled = rotation.rekeying.backfill()
    rotation.give()
    clock.advance(SETTLING)
    found = rotation.rekeying.verify()
    rotation.give()
    rotation.keysets.switch(operator="eva")
    after = rotation.give()
    clock.advance(SETTLING)
    dropped = rotation.rekeying.drop(operator="eva")
    rotation.give()

    assert (backfilled.signals, backfilled.rewritten, backfilled.addresses) == (3, 2, 1)
    assert (found.clean, found.signals) == (True, 4)
    assert (dropped.rewritten, dropped.addresses) == (5, 1)
    assert rotation.all_matched()
    assert {one: rotation.keysets_of(one) for one in rotation.given} == {one: {NEW} for one in rotation.given}
    assert rotation.keysets_of(after) == {NEW}
    items = rotation.storage.census.key_items(limit=1000, after=None).items
    assert {item.key.keyset for item in items} == {NEW}
    assert rotation.storage.signals.sealed([first])[first].revision == revision
    assert rotation.storage.exclusions.excluded(["3511AB|12"], TODAY) == {"3511AB|12"}
    assert (rotation.versions.held, rotation.keysets.under_way()) == ({"v2"}, None)


def test_what_a_late_function_wrote_by_the_old_set_alone_is_found_out(rotation: Rotation) -> None:
    """It had read the key sets just before the change; verifying names it, and backfilling mends it."""
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()
    late = rotation.give()
    signal = rotation.storage.signals.sealed([late])[late]
    rotation.storage.census.rekey(signal, frozenset(k for k in signal.keys if k.keyset == rotation.old))

    with pytest.raises(KeysetRefused, match="functions may still write"):
        rotation.rekeying.verify()
    rotation.region.clock.advance(SETTLING)
    found = rotation.rekeying.verify()
    with pytest.raises(KeysetRefused, match="needs VERIFIED"):
        rotation.keysets.switch(operator="eva")
    mended = rotation.rekeying.backfill()

    assert (found.lacking, found.strays, found.clean) == ((late,), (), False)
    assert mended.rewritten == 1
    assert rotation.rekeying.verify().clean


@pytest.mark.rule("D13")
def test_an_address_taken_out_by_a_late_function_is_out_under_either_set(rotation: Rotation) -> None:
    """It remembers the key sets of before the change; a row it left would count again after the switch."""
    late = rotation.region.another()
    late.settings.keysets()
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()

    taken_out = late.exclusions.remove(SHELTER.form)

    assert taken_out
    assert rotation.storage.exclusions.all() == ()


@pytest.mark.rule("D13")
def test_an_address_that_a_late_function_replaces_is_replaced_under_either_set(rotation: Rotation) -> None:
    """What it says after the switch is what was said last."""
    late = rotation.region.another()
    late.settings.keysets()
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()
    anew = replace(SHELTER, id="lo-e2", source="opvang")

    late.exclusions.put(anew)

    assert rotation.storage.exclusions.entry(SHELTER.id) is None
    assert rotation.storage.exclusions.entry(anew.id) == anew
    assert rotation.storage.exclusions.drop(rotation.old) == 1
    assert rotation.storage.exclusions.all() == (anew,)


@pytest.mark.rule("D13")
@pytest.mark.parametrize("before", [(), ("v2",)], ids=["begins", "goes on"])
def test_an_address_taken_out_while_a_change_is_made_is_out_under_either_set(
    rotation: Rotation, before: tuple[str, ...]
) -> None:
    """The function had just asked for the key sets; then the entry got its row under the new one."""
    for version in before:
        rotation.keysets.begin(version, operator="eva")
    slow = rotation.interrupted()

    taken_out = slow.exclusions.remove(SHELTER.form)
    slow.settings.keysets_in_use()

    assert taken_out
    assert rotation.storage.settings.keysets()[0] == (rotation.old, NEW)
    assert rotation.storage.exclusions.all() == ()


@pytest.mark.rule("D13")
def test_an_address_replaced_while_a_change_is_made_is_replaced_under_either_set(rotation: Rotation) -> None:
    """The function had just asked for the key sets; then the former entry got its row under the new one."""
    slow, anew = rotation.interrupted(), replace(SHELTER, id="lo-e2", source="opvang")

    slow.exclusions.put(anew)
    slow.settings.keysets_in_use()
    rotation.rekeying.backfill()

    assert rotation.storage.exclusions.lacking(NEW) == ()
    assert rotation.storage.exclusions.drop(rotation.old) == 1
    assert rotation.storage.exclusions.all() == (anew,)


@pytest.mark.rule("D13")
@pytest.mark.parametrize("instead", [(), (SHELTER_LATER,)], ids=["taken out", "replaced"])
def test_what_left_the_register_after_a_switch_is_seen_by_no_function_that_remembers_the_old_set(
    rotation: Rotation, instead: tuple[ExcludedAddress, ...]
) -> None:
    """Its rows under the old set are there until they are dropped, and it still looks under both."""
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()
    rotation.region.clock.advance(SETTLING)
    assert rotation.rekeying.verify().clean
    late = rotation.region.another()
    late.settings.keysets()
    rotation.keysets.switch(operator="eva")

    rotation.storage.exclusions.remove(SHELTER.form)
    for entry in instead:
        rotation.storage.exclusions.put(entry)

    assert late.exclusions.excluded([SHELTER.form], TODAY) == frozenset()
    rotation.region.clock.advance(SETTLING)
    rotation.rekeying.drop(operator="eva")
    assert rotation.storage.exclusions.all() == instead
    in_use = rotation.storage.settings.keysets_in_use()
    assert (in_use.written, in_use.read, in_use.kept) == ((NEW,), (NEW,), (NEW,))


@pytest.mark.rule("D13")
def test_a_late_function_asks_for_a_look_at_an_address_under_either_set(rotation: Rotation) -> None:
    """On the day on which the entry begins its signals may be found under the new set alone."""
    late, clock = rotation.region.another(), rotation.region.clock
    late.settings.keysets()
    rotation.keysets.begin("v2", operator="eva")
    exclude = ExcludeAddress(
        storage=late, hasher=HASHER, trail=OperatorTrail(rotation.names, clock), clock=clock
    )
    exclude(
        Exclusion(
            address=SHELTER.address,
            level=Level.NUMBER,
            kind="SHELTER",
            source="gemeente",
            valid_from=SHELTER_LATER.valid_from,
        ),
        operator="eva",
    )

    looks = rotation.storage.work.rechecks_until(SHELTER_LATER.valid_from, limit=10)

    assert {look.key.keyset for look in looks} == {rotation.old, NEW}


@pytest.mark.rule("D13")
@pytest.mark.parametrize("put_back", [(), (replace(SHELTER, id="lo-e2"),)], ids=["taken out", "replaced"])
def test_an_address_that_leaves_while_keys_are_backfilled_does_not_come_back(
    rotation: Rotation, put_back: tuple[ExcludedAddress, ...]
) -> None:
    """The walk had read it just before."""
    rotation.keysets.begin("v2", operator="eva")
    lacking = rotation.storage.exclusions.lacking(NEW)
    rotation.storage.exclusions.remove(SHELTER.form)
    for entry in put_back:
        rotation.storage.exclusions.put(entry)

    kept = [rotation.storage.exclusions.rekey(entry) for entry in lacking]

    assert kept == [False]
    assert rotation.storage.exclusions.all() == put_back


@pytest.mark.rule("D13")
def test_an_address_taken_out_while_its_backfill_is_written_does_not_come_back(
    rotation: Rotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backfill's row comes after the removal looked which there are, and before it takes them away."""
    rotation.keysets.begin("v2", operator="eva")
    backfill, commit = rotation.region.another(), Transaction.commit

    def overtaken(removal: Transaction) -> None:
        monkeypatch.setattr(Transaction, "commit", commit)
        backfill.exclusions.rekey(SHELTER)
        commit(removal)

    monkeypatch.setattr(Transaction, "commit", overtaken)
    taken_out = rotation.storage.exclusions.remove(SHELTER.form)

    assert taken_out
    assert rotation.storage.exclusions.all() == ()


@pytest.mark.rule("D13")
@pytest.mark.parametrize("put_back", [(), (replace(SHELTER, id="lo-e2"),)], ids=["taken out", "replaced"])
def test_an_address_that_leaves_after_the_switch_is_gone_at_once(
    rotation: Rotation, put_back: tuple[ExcludedAddress, ...]
) -> None:
    """Not listed until the old set is dropped, nor counted by a function that still reads by both."""
    late = rotation.region.another()
    _verify(rotation)
    late.settings.keysets()
    rotation.keysets.switch(operator="eva")

    if put_back:
        rotation.storage.exclusions.put(*put_back)
    else:
        rotation.storage.exclusions.remove(SHELTER.form)

    assert rotation.storage.exclusions.entry(SHELTER.id) is None
    assert rotation.storage.exclusions.page(limit=9, after=None).items == put_back
    assert rotation.storage.exclusions.all() == put_back
    assert late.exclusions.excluded([SHELTER.form], TODAY) == {one.form for one in put_back}
    assert rotation.storage.exclusions.drop(rotation.old) == 0


def _verify(rotation: Rotation) -> None:
    """All that comes before a switch."""
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()
    rotation.region.clock.advance(SETTLING)
    assert rotation.rekeying.verify().clean


def test_changing_and_ending_while_keys_are_written_leaves_none_behind(rotation: Rotation) -> None:
    """The keys of a signal that is corrected during the change, or closed into the archive, go with it."""
    first, second = rotation.given
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()
    storage, clock = rotation.storage, rotation.region.clock
    edit = _Renamed()
    caller = make_caller(make_organisation("o1"))
    ChangeSignal(
        storage=storage, hasher=HASHER, pseudonyms=FakePseudonyms(), names=rotation.names, clock=clock
    )(caller, second, edit, None)
    archiving = archiving_of(storage, HASHER)
    ending = EndSignal(storage=storage, names=rotation.names, clock=clock, archiving=archiving)
    ending.close(make_caller(make_organisation("o0")), first)
    clock.advance(SETTLING)

    found = rotation.rekeying.verify()

    assert (found.clean, found.signals) == (True, 2)
    held = rotation.storage.census.key_items(limit=1000, after=None).items
    assert {item.signal_id for item in held} == {second}
    assert {item.key for item in held} == rotation.storage.signals.sealed([second])[second].keys


@pytest.mark.parametrize("archived", [None, Archived(frozenset(), TODAY)], ids=["gone", "in the archive"])
def test_what_a_signal_that_ended_kept_of_its_keys_goes_with_the_old_set(
    rotation: Rotation, archived: Archived | None
) -> None:
    """It had too many for one transaction, and what was to take the rest away stopped."""
    first, second = rotation.given
    rotation.keysets.begin("v2", operator="eva")
    rotation.rekeying.backfill()
    storage, clock = rotation.storage, rotation.region.clock
    signal = storage.signals.get(first)
    assert signal is not None
    over = replace(
        signal,
        state=SignalState.CLOSED,
        youth=None,
        ended_at=clock.now(),
        archived=archived,
        revision=signal.revision + 1,
    )
    storage.signals.change(
        SignalChange(previous=signal, signal=over, released=(), audit=make_audit("o0", token="crowded"))
    )

    clock.advance(SETTLING)
    rotation.rekeying.verify()
    rotation.keysets.switch(operator="eva")
    clock.advance(SETTLING)
    dropped = rotation.rekeying.drop(operator="eva")

    held = storage.census.key_items(limit=1000, after=None).items
    assert {item.signal_id for item in held} == {second}
    assert not storage.signals.sealed([first])[first].keys
    assert (dropped.missed, rotation.keysets.under_way()) == (0, None)


def test_functions_hear_of_a_change_within_minutes(rotation: Rotation) -> None:
    """Sooner than an operator may rely on it."""
    assert KEPT < SETTLING
    rotation.keysets.begin("v2", operator="eva")

    rotation.region.clock.advance(KEPT + timedelta(seconds=1))

    assert rotation.storage.settings.keysets() == ((rotation.old, NEW), (rotation.old, NEW))
    change = rotation.keysets.under_way()
    assert change is not None
    assert (change.old, change.new, change.step) == (rotation.old, NEW, Step.BEGUN)


class _Renamed:
    """A change of the youth's surname."""

    professional_id: str | None = None
    gives_previous_address: bool = True

    def applied_to(self, kept: KeptContent) -> SignalRequest:
        """The content as it is to be."""
        card = kept.professional or make_card()
        return make_request(professional=card, youth=make_youth(surname="Bakker"))
