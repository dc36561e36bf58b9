"""Who gave a signal hears what a right of the family did to it: what, once, and never why (GDPR, art. 19)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.audit import IndexItself
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.notice import OF_MEASURE, Notice, NoticeKind
from chalicelib.domain.rights import Measure, RequestKind, RequestState
from chalicelib.ports.errors import StorageBusy
from chalicelib.rights.rulings import GivenMeasure
from chalicelib.signals.erase import EraseSignal
from tests.unit.rights.office import HANDLER, Office, granted, refused
from tests.unit.rights.test_carry_out import Trouble
from tests.unit.rights.test_requests import Renamed

pytestmark = pytest.mark.rule("D33")


def told(office: Office) -> list[tuple[str | None, NoticeKind]]:
    """What professionals are told of measures: their signal, and what became of it; in order of revision."""
    found = (one for one in office.state.notices.values() if one.kind in OF_MEASURE)
    return [(one.signal_id, one.kind) for one in sorted(found, key=_place)]


def _place(notice: Notice) -> tuple[str, int]:
    return notice.match_id, notice.episode


def test_each_measure_is_told_to_who_gave_the_signal() -> None:
    """A correction to the one, a closing to the other; to nobody else."""
    office = Office()
    request = office.filed(RequestKind.RECTIFICATION)

    office.decided(
        request,
        granted(
            GivenMeasure(signal_id="lo-1", measure=Measure.CORRECTED, edit=Renamed()),
            GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED),
        ),
    )

    assert told(office) == [
        ("lo-1", NoticeKind.SIGNAL_CORRECTED),
        ("lo-2", NoticeKind.SIGNAL_CLOSED),
    ]
    receivers = {one.receiver for one in office.state.notices.values() if one.kind in OF_MEASURE}
    assert receivers == {"school#p1", "ggd#p1"}


def test_hiding_is_told_and_so_is_its_end() -> None:
    """Whatever was decided: the signal takes part again."""
    office = Office()
    request = office.filed(RequestKind.OBJECTION, hides=True)
    assert told(office) == [("lo-1", NoticeKind.SIGNAL_RESTRICTED), ("lo-2", NoticeKind.SIGNAL_RESTRICTED)]

    office.decided(request, refused())

    assert told(office) == [
        ("lo-1", NoticeKind.SIGNAL_RESTRICTED),
        ("lo-1", NoticeKind.SIGNAL_RESTORED),
        ("lo-2", NoticeKind.SIGNAL_RESTRICTED),
        ("lo-2", NoticeKind.SIGNAL_RESTORED),
    ]


def test_what_a_second_request_hides_was_hidden_already() -> None:
    """Told by the first that hides and by the last that lifts, and not in between."""
    office = Office()
    first, second = (office.filed(RequestKind.OBJECTION, hides=True) for _ in range(2))

    office.decided(first, refused())
    assert [kind for one, kind in told(office) if one == "lo-1"] == [NoticeKind.SIGNAL_RESTRICTED]
    office.decided(second, refused())

    kinds = [kind for one, kind in told(office) if one == "lo-1"]
    assert kinds == [NoticeKind.SIGNAL_RESTRICTED, NoticeKind.SIGNAL_RESTORED]


def test_an_erasure_is_told_by_the_number_that_is_left() -> None:
    """Of a signal in the archive too: it was theirs."""
    office = Office()
    closing = office.filed(RequestKind.OBJECTION)
    measure = GivenMeasure(signal_id="lo-1", measure=Measure.CLOSED)
    office.decided(closing, granted(measure, GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED)))

    office.decided(office.filed(RequestKind.ERASURE), granted())

    assert [one for one in told(office) if one[1] is NoticeKind.SIGNAL_ERASED] == [
        ("lo-1", NoticeKind.SIGNAL_ERASED),
        ("lo-2", NoticeKind.SIGNAL_ERASED),
    ]
    assert office.signal("lo-1").number


def test_what_stays_as_it_is_is_told_to_nobody() -> None:
    """Nor is access: it changes no signal."""
    office = Office()
    office.decided(office.filed(RequestKind.ERASURE), refused())
    office.decided(office.filed(RequestKind.ACCESS), granted())

    assert told(office) == []


def test_an_erasure_that_is_no_right_is_told_to_nobody_by_itself() -> None:
    """Age and retention go by the calendar, and a death was told by who knew."""
    office = Office()
    world = office.world
    erase = EraseSignal(storage=world.storage, names=world.names, clock=world.clock)

    erase("lo-1", ErasureGround.AGE, IndexItself())

    assert told(office) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_whichever_write_fails_each_is_told_once(when: str) -> None:
    """The notice is written with the measure: a repeat finds both, or does both."""
    for at in range(1, 12):
        office = Office()
        request = office.filed(RequestKind.OBJECTION, hides=True)
        trouble = Trouble(at)
        setattr(office.state, when, trouble)
        given = granted(
            GivenMeasure(signal_id="lo-1", measure=Measure.ERASED),
            GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED),
        )

        over = request
        for _ in range(3):
            if over.state is RequestState.DONE:
                break
            try:
                over = office.decide(HANDLER, request.id, given, None)
            except StorageBusy:
                continue

        assert told(office) == [
            ("lo-1", NoticeKind.SIGNAL_RESTRICTED),
            ("lo-1", NoticeKind.SIGNAL_ERASED),
            ("lo-2", NoticeKind.SIGNAL_RESTRICTED),
            ("lo-2", NoticeKind.SIGNAL_CLOSED),
        ]
        if trouble.seen < at:
            return
    pytest.fail("there were more writes than were failed")


def test_who_is_told_is_who_has_the_signal_by_now() -> None:
    """Not who gave it and left (D28)."""
    office = Office()
    office.state.signals["lo-1"] = replace(office.signal("lo-1"), professional_id="colleague")

    office.decided(office.filed(RequestKind.ERASURE), granted())

    receivers = {one.receiver for one in office.state.notices.values() if one.kind in OF_MEASURE}
    assert receivers == {"school#colleague", "ggd#p1"}
