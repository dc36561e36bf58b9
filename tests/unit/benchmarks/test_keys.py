"""What the keys of a region find and cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.keys import Hashes, KeyFigures, measure, measure_region
from benchmarks.peers import tables
from chalicelib.matching import Address, MatchKey, PartialDate, Youth, fold, household_keys, person_keys
from examples.families.files import write_region
from examples.families.generator import Generator

_BAS = Youth(given_names="Bas", surname="Meer", birth_date=PartialDate(2014, 3, 9))
_SOMEBODY = Youth(given_names="Fatima", surname="Yilmaz", birth_date=PartialDate(2011, 7, 28))


def test_a_pair_about_one_child_is_found_when_it_shares_a_key() -> None:
    """One of three pairs, and one of the two signals that have an earlier one."""
    youths = [
        fold(youth) for youth in (_BAS, replace(_BAS, birth_date=None), Youth(surname="Bos"), _SOMEBODY)
    ]

    found = measure(youths, ["bas", "bas", "bas", "fatima"], sample=4)

    assert (found.signals, found.pairs_found, found.signals_found) == (4, 0.3333, 0.5)


def test_candidates_are_the_others_that_share_a_key_that_is_looked_up() -> None:
    """Two find each other, the third finds nobody."""
    youths = [fold(youth) for youth in (_BAS, _BAS, _SOMEBODY)]

    found = measure(youths, ["a", "b", "c"], sample=3)

    assert (found.candidates_mean, found.candidates_p50, found.candidates_p99) == (0.67, 1, 1)
    assert found.largest_block == 2


def test_keys_are_counted_apart_for_persons_and_for_households() -> None:
    """Means over the signals."""
    home = fold(replace(_BAS, address=Address(postal_code="3511AB", house_number=12)))

    found = measure([home, fold(Youth())], ["a", "b"], sample=2)

    assert (found.person_keys_mean, found.household_keys_mean) == (
        len(person_keys(home)) / 2,
        len(household_keys(home)) / 2,
    )


def test_hashes_of_each_signal_are_kept_apart() -> None:
    """A signal without keys too."""
    hashes = Hashes()
    for keys in ([MatchKey("bsn", "1")], [], [MatchKey("bsn", "1"), MatchKey("bsn", "2")]):
        hashes.add(keys)

    assert [len(hashes[signal]) for signal in range(3)] == [1, 0, 2]
    assert hashes[0] < hashes[2]
    assert hashes.largest_block() == 2


def test_a_region_on_disk_is_measured_whole(tmp_path: Path) -> None:
    """Its signals in order, beside who they are about."""
    generator = Generator(40, seed=5, difficulty="normal", name_pool="all", density=0.2, signals=120)
    write_region(generator, tmp_path, {}, 1_000)

    found = measure_region(tmp_path, sample=50)

    assert found.signals == len((tmp_path / "signals.jsonl").read_text("utf-8").splitlines())
    assert found.pairs_found > 0.8


def test_the_table_of_keys_has_a_row_for_each_size() -> None:
    """The smallest first, as measured."""
    figures = KeyFigures(
        signals=1_000,
        pairs_found=0.98512,
        signals_found=0.99,
        candidates_mean=5.09,
        candidates_p50=4,
        candidates_p99=35,
        person_keys_mean=8.84,
        household_keys_mean=5.2,
        largest_block=43,
    )

    assert tables.of_keys([figures]).splitlines()[2:] == [
        "| 1,000 | 0.9851 | 0.9900 | 5.1 / 4 / 35 | 8.8 | 5.2 | 43 |"
    ]
