"""The audit trail holds one entry for every request of every route, written before the answer (D39)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from chalicelib.api.documentation.exclusion_operations import SHELTER
from chalicelib.api.documentation.organisation_examples import NEW_ORGANISATION
from chalicelib.api.documentation.request_examples import NEW_REQUEST
from chalicelib.api.routes import ROUTES, Route
from chalicelib.domain.audit import Act, AuditEntry, Outcome
from chalicelib.domain.client_keys import ClientKeys
from chalicelib.domain.death import DeathReport
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.history import History
from chalicelib.domain.organisation import OrganisationState, Scope
from chalicelib.domain.rights import Concerned, RequestDecision, RequestKind, RequestState, Ruling
from chalicelib.domain.site import Site
from chalicelib.matching import Address, Explanation
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import ExcludedAddress
from chalicelib.security.tokens import AccessToken
from chalicelib.signals.death_reports import DeathReports
from tests.builders import (
    NOW,
    TODAY,
    make_match,
    make_organisation,
    make_professional,
    make_review,
    make_rights_request,
    make_signal,
)
from tests.fakes import FakePseudonyms
from tests.gateway import REQUEST_ID, Answer, Gateway
from tests.signal_bodies import as_bytes, make_body

OWN, OTHER = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"
KEYS_AT = "https://keys.school.example/"
YOUTH = "5a" * 16
GIVEN = FakePseudonyms().digest("youth", f"bsn:{make_body()['youth']['bsn']}")[:32]
REVIEWED = make_review(make_signal(OWN, "school"), make_signal(OTHER, "ggd"))
EXPLAINED = Explanation(
    rule="weights", model_version="1", evidence=(), total=9.0, match_threshold=7.0, possible_threshold=5.0
)
MATCHED = make_match(make_signal(OWN, "school"), make_signal(OTHER, "ggd"), explanation=EXPLAINED)
ERASED = ErasureCertificate(
    signal_id=OWN, organisation_id="school", ground=ErasureGround.RIGHT, erased_at=NOW, backup_until=NOW
)
EXCLUDED = ExcludedAddress(
    id="lo-000000000000000000000000000000ea",
    form="3511AB|12",
    level="NUMBER",
    kind="SHELTER",
    source="municipality",
    valid_from=TODAY,
    valid_until=None,
    address=Address(postal_code="3511AB", house_number=12),
)
ASKED = make_rights_request(
    "lo-000000000000000000000000000000aa",
    kind=RequestKind.ERASURE,
    concerned=(Concerned(signal_id=OWN, organisation_id="school", concerns=False, asked_at=NOW),),
)
ANSWERED = make_rights_request(
    "lo-000000000000000000000000000000ab",
    state=RequestState.DONE,
    concerned=(),
    decision=RequestDecision(ruling=Ruling.GRANTED, ground=None, professional_id=None, at=NOW),
    done_at=NOW,
    record=None,
)
IDS = {
    "requestId": ASKED.id,
    "signalId": OWN,
    "letterId": "parents",
    "matchId": MATCHED.id,
    "reviewId": REVIEWED.id,
    "organisationId": "ggd",
    "professionalId": "p1",
    "siteId": "zuid",
    "excludedAddressId": EXCLUDED.id,
}
REGION_SCOPES = frozenset(
    {Scope.REVIEWS_DECIDE, Scope.ORGANISATIONS_MANAGE, Scope.AUDIT_READ, Scope.RIGHTS_HANDLE}
)
CARDS = [make_professional(one, name="J. Jansen") for one in ("school", "ggd")]
SITES = [Site(organisation_id=one, id="zuid", name="Zuid", telephone=None) for one in ("school", "ggd")]
MATCH_PATCH = {"Content-Type": "application/merge-patch+json", "If-Match": "*"}
JSON = {"Content-Type": "application/json"}

pytestmark = pytest.mark.rule("D39")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request that succeeds, and what the trail says of it; ``resource`` None is an id made meanwhile.

    ``youth`` is the pseudonym of whom it is about. ``also`` are the entries beside the first, of what is
    several things at once: act, resource (None: an id made meanwhile) and whom it is about.

    ``named_by_caller``: the id is a name of the caller's own, under which nobody can reach another's.
    """

    act: Act
    resource: str | None
    who: str = "school"
    youth: str | None = None
    also: tuple[tuple[Act, str | None, str | None], ...] = ()
    named_by_caller: bool = False
    query: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)


CASES = {
    "give_signal": Case(
        act=Act.SIGNAL_GIVEN, resource=None, youth=GIVEN, body=as_bytes(make_body()), headers=JSON
    ),
    "give_signals": Case(
        act=Act.SIGNAL_GIVEN,
        resource=None,
        youth=GIVEN,
        body=as_bytes({"signals": [make_body()]}),
        headers=JSON,
    ),
    "list_signals": Case(act=Act.SIGNALS_LISTED, resource="signals"),
    "read_signal": Case(act=Act.SIGNAL_READ, resource=OWN, youth=YOUTH),
    "change_signal": Case(
        act=Act.SIGNAL_CHANGED,
        resource=OWN,
        youth=YOUTH,
        body=json.dumps({"professional": make_body()["professional"]}).encode(),
        headers=MATCH_PATCH,
    ),
    "read_signal_matches": Case(act=Act.MATCHES_READ, resource=OWN, youth=YOUTH),
    "read_match": Case(act=Act.MATCH_READ, resource=MATCHED.id, youth=YOUTH),
    "explain_match": Case(act=Act.EXPLANATION_READ, resource=MATCHED.id, youth=YOUTH),
    "close_signal": Case(act=Act.SIGNAL_CLOSED, resource=OWN, youth=YOUTH),
    "retract_signal": Case(act=Act.SIGNAL_RETRACTED, resource=OWN, youth=YOUTH),
    "read_information_letter": Case(act=Act.LETTER_READ, resource="information-letter", named_by_caller=True),
    "list_uninformed": Case(act=Act.INFORMING_LISTED, resource="informing"),
    "open_history": Case(act=Act.HISTORY_OPENED, resource=OWN, youth=YOUTH),
    "renew_signal": Case(
        act=Act.SIGNAL_RENEWED,
        also=((Act.SIGNAL_GIVEN, None, GIVEN),),
        resource=OWN,
        youth=YOUTH,
        body=json.dumps({"plannedEndDate": "2027-08-31"}).encode(),
        headers=JSON,
    ),
    "report_death": Case(act=Act.SIGNAL_ERASED, resource=OWN, youth=YOUTH),
    "list_deaths": Case(act=Act.DEATHS_LISTED, resource="death-reports", who="region"),
    "confirm_death": Case(
        act=Act.DEATH_CONFIRMED,
        also=((Act.SIGNAL_ERASED, OTHER, None),),
        resource=OWN,
        who="region",
    ),
    "list_audit_entries": Case(
        act=Act.TRAIL_READ, resource="audit-entries", who="region", query="?organisationId=school"
    ),
    "read_erasure": Case(act=Act.ERASURE_READ, resource=OWN, who="region"),
    "list_searches": Case(act=Act.SEARCHES_LISTED, resource="suspected-searches", who="region"),
    "list_reviews": Case(act=Act.REVIEWS_LISTED, resource="reviews", who="region"),
    "read_review": Case(act=Act.REVIEW_READ, resource=REVIEWED.id, who="region"),
    "give_verdict": Case(
        act=Act.VERDICT_GIVEN,
        resource=REVIEWED.id,
        who="region",
        body=json.dumps({"verdict": "SAME"}).encode(),
        headers=JSON,
    ),
    "undo_verdict": Case(act=Act.VERDICT_UNDONE, resource=REVIEWED.id, who="region"),
    "list_sites": Case(act=Act.SITES_LISTED, resource="sites"),
    "read_site": Case(act=Act.SITE_READ, resource="zuid"),
    "put_site": Case(
        act=Act.SITE_CHANGED,
        resource="zuid",
        named_by_caller=True,
        body=json.dumps({"name": "Locatie Zuid"}).encode(),
        headers=JSON | {"If-Match": "*"},
    ),
    "list_professionals": Case(act=Act.PROFESSIONALS_LISTED, resource="professionals"),
    "read_professional": Case(act=Act.PROFESSIONAL_READ, resource="p1"),
    "put_professional": Case(
        act=Act.PROFESSIONAL_CHANGED,
        resource="p1",
        named_by_caller=True,
        body=json.dumps({"name": "P. Vos", "email": "p.vos@school.example"}).encode(),
        headers=JSON | {"If-Match": "*"},
    ),
    "transfer_signals": Case(
        act=Act.PROFESSIONAL_LEFT,
        also=((Act.SIGNAL_TRANSFERRED, OWN, YOUTH),),
        resource="p1",
        body=json.dumps({"to": make_body()["professional"]}).encode(),
        headers=JSON,
    ),
    "change_professional": Case(
        act=Act.PROFESSIONAL_CHANGED,
        resource="p1",
        body=json.dumps({"telephone": "+31307654321"}).encode(),
        headers=MATCH_PATCH,
    ),
    "list_excluded_addresses": Case(act=Act.EXCLUSIONS_LISTED, resource="excluded-addresses", who="region"),
    "read_excluded_address": Case(act=Act.EXCLUSION_READ, resource="excluded-addresses", who="region"),
    "exclude_address": Case(
        act=Act.ADDRESS_EXCLUDED,
        resource="excluded-addresses",
        who="region",
        body=as_bytes(SHELTER),
        headers=JSON,
    ),
    "include_address": Case(act=Act.ADDRESS_INCLUDED, resource="excluded-addresses", who="region"),
    "list_organisations": Case(act=Act.ORGANISATIONS_LISTED, resource="organisations", who="region"),
    "register_organisation": Case(
        act=Act.ORGANISATION_REGISTERED,
        resource=None,
        who="region",
        body=as_bytes(NEW_ORGANISATION),
        headers=JSON,
    ),
    "read_organisation": Case(act=Act.ORGANISATION_READ, resource="ggd", who="region"),
    "change_organisation": Case(
        act=Act.ORGANISATION_CHANGED,
        resource="ggd",
        who="region",
        body=json.dumps({"state": "SUSPENDED"}).encode(),
        headers=MATCH_PATCH,
    ),
    "read_keys": Case(act=Act.KEYS_READ, resource="ggd", who="region"),
    "replace_keys": Case(
        act=Act.KEYS_CHANGED,
        resource="ggd",
        who="region",
        body=json.dumps({"jwksUri": "https://systems.school.example/jwks.json"}).encode(),
        headers=JSON | {"If-Match": "*"},
    ),
    "file_request": Case(
        act=Act.REQUEST_FILED, resource=None, who="region", body=as_bytes(NEW_REQUEST), headers=JSON
    ),
    "list_requests": Case(act=Act.REQUESTS_LISTED, resource="requests", who="region"),
    "read_request": Case(act=Act.REQUEST_READ, resource=ASKED.id, who="region"),
    "settle_doubt": Case(
        act=Act.REQUEST_CHANGED,
        resource=ASKED.id,
        who="region",
        body=json.dumps({"concerns": False}).encode(),
        headers=JSON,
    ),
    "grant_restriction": Case(act=Act.REQUEST_CHANGED, resource=ASKED.id, who="region"),
    "lift_restriction": Case(act=Act.REQUEST_CHANGED, resource=ASKED.id, who="region"),
    "decide_request": Case(
        act=Act.REQUEST_DECIDED,
        resource=ASKED.id,
        who="region",
        body=json.dumps({"ruling": "WITHDRAWN"}).encode(),
        headers=JSON,
    ),
    "read_access_answer": Case(
        act=Act.ACCESS_ANSWERED, resource=ANSWERED.id, who="region", ids={"requestId": ANSWERED.id}
    ),
    "read_asked_advice": Case(act=Act.ADVICE_READ, resource=ASKED.id),
    "give_advice": Case(
        act=Act.ADVICE_GIVEN,
        resource=ASKED.id,
        body=json.dumps({"signals": [{"signalId": OWN, "advice": "GRANT"}]}).encode(),
        headers=JSON,
    ),
    "ask_confirmation": Case(act=Act.CONFIRMATION_ASKED, resource=REVIEWED.id, who="region"),
}
SCOPED = [pytest.param(route, id=route.name) for route in ROUTES if route.scope is not None]
WITH_ID = [pytest.param(route, id=route.name) for route in ROUTES if route.scope and "{" in route.path]
OF_OTHERS = [
    one for one in WITH_ID if CASES[str(one.id)].who == "school" and not CASES[str(one.id)].named_by_caller
]


@pytest.fixture
def gateway() -> Gateway:
    """Two organisations with signals that match and are doubted, and who decides on doubts."""
    gateway = Gateway()
    for name in ("school", "ggd"):
        gateway.register(make_organisation(name))
    gateway.register(make_organisation("region", scopes=REGION_SCOPES))
    gateway.register(make_organisation("elsewhere", scopes=frozenset(Scope)))
    gateway.register(make_organisation("nothing", scopes=frozenset()))
    own, other = make_signal(OWN, "school", pseudonym=YOUTH), make_signal(OTHER, "ggd")
    state = gateway.storage.state
    state.signals |= {OWN: own, OTHER: other}
    state.reviews[REVIEWED.id] = REVIEWED
    state.requests |= {ASKED.id: ASKED, ANSWERED.id: ANSWERED}
    state.client_keys["ggd"] = ClientKeys(organisation_id="ggd", keys=(), uri=KEYS_AT, revision=1)
    state.matches[MATCHED.id] = MATCHED
    state.erasures[OWN] = ERASED
    state.excluded[EXCLUDED.form] = EXCLUDED
    state.professionals |= {card.receiver: card for card in CARDS}
    state.sites |= {(site.organisation_id, site.id): site for site in SITES}
    return gateway


def send(gateway: Gateway, route: Route, token: str) -> Answer:
    """The request of a route's case, by the bearer of a token."""
    case = CASES[route.name]
    url = route.path.format(**{**IDS, **case.ids}) + case.query
    headers = {"Professional-Id": "staff-17", **case.headers}
    return gateway.send(route.method, url, body=case.body, headers=headers, token=token)


def prepare(gateway: Gateway, route: Route) -> None:
    """Give the verdict that is taken back; have the archive know earlier signals of who asks for them."""
    if route.name == "undo_verdict":
        (give,) = (route for route in ROUTES if route.name == "give_verdict")
        assert send(gateway, give, "token-region").status == 200
    if route.name == "report_death":
        state = gateway.storage.state
        state.signals |= {one: replace(state.signals[one], keys=frozenset()) for one in (OWN, OTHER)}
    if route.name == "confirm_death":
        state = gateway.storage.state
        reports = DeathReports(gateway.storage.settings, gateway.storage.concerns)
        reports.put(
            DeathReport(
                signal_id=OWN,
                organisation_id="school",
                reported_at=gateway.clock.now(),
                others=frozenset({OTHER}),
            )
        )
        state.matches.clear()
    if route.name == "open_history":
        state = gateway.storage.state
        state.signals[OWN] = replace(state.signals[OWN], professional_id="staff-17", keys=frozenset())
        state.signals[OTHER] = replace(state.signals[OTHER], keys=frozenset())
        state.histories[OWN] = History(signal_id=OWN, earlier=True)


def made_by(answer: Answer) -> str:
    """The id of what was made; of a batch, of its only line."""
    told = answer.json
    made: str = told["results"][0]["id"] if "results" in told else told["id"]
    return made


def status_of(answer: Answer) -> int:
    """Of the answer; of a batch, that of its only line."""
    told = answer.json
    status: int = told["results"][0]["status"] if "results" in told else answer.status
    return status


def entries(gateway: Gateway) -> list[AuditEntry]:
    """The trail so far."""
    return list(gateway.storage.state.audit.values())


def test_every_route_that_asks_for_a_right_has_a_case() -> None:
    """A new route cannot forget the trail; public documents are nobody's to log.

    A token request has no caller yet: its entries are tested below.
    """
    assert set(CASES) == {route.name for route in ROUTES if route.scope is not None}
    assert {route.name for route in ROUTES if route.scope is None and not route.public} == {"request_token"}


@pytest.mark.parametrize("route", SCOPED)
def test_a_request_leaves_exactly_one_entry(gateway: Gateway, route: Route) -> None:
    """Who, for which organisation, what, on which resource, by which request and token; no value."""
    case = CASES[route.name]
    prepare(gateway, route)
    before = entries(gateway)

    answer = send(gateway, route, f"token-{case.who}")

    assert answer.status in route.statuses
    first = AuditEntry(
        id="",
        organisation_id=case.who,
        professional_id="staff-17",
        act=case.act,
        resource=case.resource or made_by(answer),
        at=gateway.clock.now(),
        outcome=Outcome.DONE,
        request_id=REQUEST_ID,
        token_id=f"jti-{case.who}",
        youth=case.youth,
    )
    others = [
        replace(first, act=act, resource=resource or made_by(answer), youth=youth)
        for act, resource, youth in case.also
    ]
    assert [replace(one, id="") for one in entries(gateway) if one not in before] == [first, *others]


@pytest.mark.parametrize("route", SCOPED)
def test_a_missing_scope_leaves_exactly_one_entry(gateway: Gateway, route: Route) -> None:
    """Of the refusal, under the name of the operation."""
    who = "school" if CASES[route.name].who == "region" else "region"

    answer = send(gateway, route, f"token-{who}")

    [entry] = entries(gateway)
    assert answer.status == 403
    assert (entry.act, entry.outcome, entry.organisation_id) == (Act.ACCESS_REFUSED, Outcome.REFUSED, who)
    assert (entry.professional_id, entry.request_id) == ("staff-17", REQUEST_ID)
    assert entry.resource.partition("/")[0] == route.name


@pytest.mark.parametrize("route", OF_OTHERS)
def test_anothers_id_leaves_exactly_one_entry(gateway: Gateway, route: Route) -> None:
    """It is answered as if it were not there, and the attempt is in the trail with the id."""
    answer = send(gateway, route, "token-elsewhere")

    [entry] = entries(gateway)
    assert answer.status == 404
    assert (entry.act, entry.outcome, entry.organisation_id) == (
        Act.ACCESS_REFUSED, Outcome.REFUSED, "elsewhere",
    )  # fmt: skip
    assert entry.resource.partition("/")[0] == route.name


def test_what_is_no_id_of_ours_stays_out_of_the_trail(gateway: Gateway) -> None:
    """It may be somebody's name."""
    assert gateway.send("GET", "/signals/Jansen", token="token-school").status == 404

    assert [entry.resource for entry in entries(gateway)] == ["read_signal"]


def test_a_suspended_organisation_leaves_an_entry_at_the_entrance(gateway: Gateway) -> None:
    """The authorizer writes it before it refuses."""
    state = gateway.storage.state
    state.organisations["school"] = replace(state.organisations["school"], state=OrganisationState.SUSPENDED)

    assert gateway.send("GET", "/signals", token="token-school").status == 403

    [entry] = entries(gateway)
    assert (entry.organisation_id, entry.act, entry.resource, entry.token_id) == (
        "school", Act.ACCESS_REFUSED, "entrance", "jti-school",
    )  # fmt: skip


def test_a_valid_token_of_nobody_leaves_an_entry_at_the_entrance(gateway: Gateway) -> None:
    """Under the index itself, as there is no such organisation."""
    gateway.tokens.known["old"] = AccessToken(organisation_id="gone", scopes=frozenset(), token_id="jti-gone")

    assert gateway.send("GET", "/signals", token="old").status == 401

    [entry] = entries(gateway)
    assert (entry.organisation_id, entry.resource) == ("system", "entrance/gone")


def test_a_stranger_leaves_one_entry_a_minute_of_each_kind(gateway: Gateway) -> None:
    """At the entrance, under the index itself: nobody can fill the trail, and the log has a line for each."""
    for _ in range(3):
        assert gateway.send("GET", "/signals", token="forged").status == 401
        assert gateway.send("GET", "/signals", headers={"Authorization": "Basic eDp5"}).status == 401
    gateway.clock.advance(timedelta(minutes=1))
    assert gateway.send("GET", "/signals", token="forged").status == 401

    told = [(entry.organisation_id, entry.act, entry.outcome, entry.resource) for entry in entries(gateway)]
    assert told == [
        ("system", Act.ACCESS_REFUSED, Outcome.REFUSED, "entrance/BAD_SIGNATURE"),
        ("system", Act.ACCESS_REFUSED, Outcome.REFUSED, "entrance/NO_BEARER"),
        ("system", Act.ACCESS_REFUSED, Outcome.REFUSED, "entrance/BAD_SIGNATURE"),
    ]
    assert len(gateway.log.lines) == 7


@pytest.mark.parametrize("route", SCOPED)
def test_without_an_entry_there_is_no_answer(gateway: Gateway, route: Route) -> None:
    """Storage that takes no entry: 503, and nothing of what was asked for is told."""
    prepare(gateway, route)
    state = gateway.storage.state
    written = {
        "signals.add",
        "signals.change",
        "signals.hand_over",
        "signals.renew",
        "reviews.decide",
        "reviews.ask",
        "rights.commit",
        "organisations.put",
        "clients.put_keys",
        "organisations.keep_card",
        "organisations.close_card",
        "archive.open",
        "organisations.keep_site",
        "audit.append",
    }

    def refuse(operation: str) -> None:
        if operation in written:
            raise StorageBusy("no entry")

    state.before = refuse

    allowed = send(gateway, route, f"token-{CASES[route.name].who}")
    refused = send(gateway, route, "token-nothing")

    assert (status_of(allowed), refused.status) == (503, 503)
    assert OTHER not in allowed.body
