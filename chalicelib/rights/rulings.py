"""What a decision may say, by the kind of the request: rulings, grounds and measures (D33)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from chalicelib.domain.errors import FieldProblem
from chalicelib.domain.rights import Concerned, Ground, Measure, RequestKind, RightsRequest, Ruling
from chalicelib.matching import Youth


class YouthEdit(Protocol):
    """A correction of what a signal says of its youth, whatever the form it came in."""

    def applied_to(self, youth: Youth) -> Youth:
        """The youth as it is to be; raises for what cannot be read, as the interface does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMeasure:
    """What is to be done about one signal; ``edit`` goes with CORRECTED alone."""

    signal_id: str
    measure: Measure
    edit: YouthEdit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDecision:
    """A decision as it is given; its form has been checked, its meaning not yet."""

    ruling: Ruling
    ground: Ground | None
    measures: tuple[GivenMeasure, ...]


_GRANTS: Final[Mapping[RequestKind, tuple[Measure, ...]]] = {
    RequestKind.ACCESS: (Measure.SHOWN,),
    RequestKind.COPY: (Measure.SHOWN,),
    RequestKind.RECTIFICATION: (Measure.CORRECTED, Measure.CLOSED, Measure.ERASED),
    RequestKind.OBJECTION: (Measure.CLOSED, Measure.ERASED),
    RequestKind.ERASURE: (Measure.ERASED, Measure.CLOSED),
    RequestKind.RESTRICTION: (Measure.RESTRICTED,),
}
"""What grants a request of each kind; one that has but one such measure need not name it."""
_BY_ITSELF: Final = {
    RequestKind.ACCESS: Measure.SHOWN,
    RequestKind.COPY: Measure.SHOWN,
    RequestKind.ERASURE: Measure.ERASED,
    RequestKind.RESTRICTION: Measure.RESTRICTED,
}
_NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
_REFUSING: Final = frozenset({Ruling.PARTLY, Ruling.REFUSED})
_ENDED_ALREADY: Final = frozenset({Measure.CORRECTED, Measure.CLOSED, Measure.RESTRICTED})


def refused_measure(kind: RequestKind) -> Measure:
    """What becomes of a signal for which a request of this kind is not granted."""
    return Measure.WITHHELD if _GRANTS[kind] == (Measure.SHOWN,) else Measure.KEPT


def measures_of(
    request: RightsRequest, decision: GivenDecision, heirs: Mapping[str, str]
) -> dict[str, Measure]:
    """The measure of each signal that the request concerns, once the decision was found right.

    ``heirs`` are, by id, those that stand in the place of renewed ones: about the one is decided what is
    about the other, and what goes on about somebody else stays as it is (D7).
    """
    named = {given.signal_id: given.measure for given in decision.measures}
    refused = refused_measure(request.kind)
    if decision.ruling is Ruling.GRANTED and request.kind in _BY_ITSELF:
        default = _BY_ITSELF[request.kind]
    else:
        default = refused
    own = {one.signal_id for one in concerned(request)}
    measures = {one: named.get(one, default) for one in own - heirs.keys()}
    return measures | {one: measures.get(heirs[one], refused) for one in own & heirs.keys()}


def concerned(request: RightsRequest) -> tuple[Concerned, ...]:
    """The signals that are about the youth of a request."""
    return tuple(one for one in request.concerned if one.concerns)


def broken(
    request: RightsRequest,
    decision: GivenDecision,
    ended: frozenset[str],
    heirs: Mapping[str, str] = _NOBODY,
) -> Iterator[FieldProblem]:
    """Every rule that a decision on this request breaks; ``ended`` are the signals that have.

    ``heirs`` as :func:`measures_of` has them.
    """
    yield from _ground(decision)
    yield from _measures(request, decision.measures, ended)
    if decision.ruling not in {Ruling.GRANTED, Ruling.PARTLY} and decision.measures:
        yield FieldProblem("/measures", "not-granted", "Where nothing is granted, nothing is done.")
        return
    measures = measures_of(request, decision, heirs)
    standing = {one: measure for one, measure in measures.items() if one not in heirs}
    refused = [one for one, measure in standing.items() if measure is refused_measure(request.kind)]
    yield from _divided(decision.measures, measures, heirs)
    if decision.ruling is Ruling.GRANTED and refused:
        yield FieldProblem("/measures", "measure-required", "Say of each signal what is done about it (D33).")
    if decision.ruling is Ruling.PARTLY and len(refused) in {0, len(standing)}:
        detail = "Partly granted: something is done about some signals, and others stay as they are."
        yield FieldProblem("/measures", "not-partly", detail)


def is_repeated(request: RightsRequest, given: GivenDecision, heirs: Mapping[str, str]) -> bool:
    """Whether the request was decided just so; what a correction said is forgotten once it is carried out.

    What was renewed since, and what the request does not know of, was decided on by itself.
    """
    decision = request.decision
    if decision is None or (decision.ruling, decision.ground) != (given.ruling, given.ground):
        return False
    known = {one: heir for one, heir in heirs.items() if request.about(heir) is not None}
    if any(broken(request, given, frozenset(), known)):
        return False
    decided = {one.signal_id: one.measure for one in concerned(request)}
    return measures_of(request, given, known) == decided


def _divided(
    given: Sequence[GivenMeasure], measures: Mapping[str, Measure], heirs: Mapping[str, str]
) -> Iterator[FieldProblem]:
    for at, one in enumerate(given):
        if one.signal_id in heirs and one.measure is not measures.get(one.signal_id):
            detail = "It was renewed: about it is decided what is about the one that took its place (D7)."
            yield FieldProblem(f"/measures/{at}/measure", "was-renewed", detail)


def _ground(decision: GivenDecision) -> Iterator[FieldProblem]:
    if decision.ruling in _REFUSING and decision.ground is None:
        yield FieldProblem("/ground", "ground-required", "What is refused is refused on a ground (D33).")
    if decision.ruling not in _REFUSING and decision.ground is not None:
        yield FieldProblem("/ground", "ground-not-allowed", "A ground goes with a refusal.")


def _measures(
    request: RightsRequest, given: Sequence[GivenMeasure], ended: frozenset[str]
) -> Iterator[FieldProblem]:
    known = {one.signal_id for one in concerned(request)}
    allowed = {*_GRANTS[request.kind], refused_measure(request.kind)}
    seen: set[str] = set()
    for at, one in enumerate(given):
        place = f"/measures/{at}"
        if one.signal_id not in known:
            yield FieldProblem(f"{place}/signalId", "not-concerned", "The request concerns no such signal.")
        if one.signal_id in seen:
            yield FieldProblem(f"{place}/signalId", "named-twice", "Name each once.")
        seen.add(one.signal_id)
        if one.measure not in allowed:
            detail = f"Of a request of this kind comes one of {', '.join(sorted(allowed))}."
            yield FieldProblem(f"{place}/measure", "not-of-this-kind", detail)
        elif one.measure in _ENDED_ALREADY and one.signal_id in ended:
            yield FieldProblem(f"{place}/measure", "has-ended", "The signal has ended already.")
        if (one.measure is Measure.CORRECTED) is not (one.edit is not None):
            detail = "A correction says what the youth is to be; nothing else does."
            yield FieldProblem(f"{place}/youth", "correction-mismatch", detail)
