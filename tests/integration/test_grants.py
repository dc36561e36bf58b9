"""What the functions ask of AWS, and what their roles allow, are the same: no less, and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from chalice.app import AuthRequest

from chalicelib.api.authorizer import UnauthorizedError
from chalicelib.api.corrections import YouthPatch
from chalicelib.api.merging import MergePatch
from chalicelib.api.messages import Response
from chalicelib.api.oauth import OAuthRefusal
from chalicelib.api.organisations import OrganisationPatch
from chalicelib.api.repeats import Made
from chalicelib.api.usecases import UseCases
from chalicelib.domain.audit import IndexItself
from chalicelib.domain.caller import Caller
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import ErasureNotFound, ReferenceInUse
from chalicelib.domain.notice import NoticeKind, notice_id
from chalicelib.domain.organisation import OrganisationKind, OrganisationState
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.rights import Measure, RequestKind, RequestRecord, RequestState
from chalicelib.domain.site import Site
from chalicelib.functions.deliver import deliver
from chalicelib.functions.expire import expire
from chalicelib.functions.feedback import feedback
from chalicelib.functions.match import match
from chalicelib.functions.sweep import sweep
from chalicelib.functions.witness import witness
from chalicelib.matching.records import Address, PartialDate, Sex
from chalicelib.models.tables import create_all
from chalicelib.organisations.exclude_address import Exclusion, Level
from chalicelib.organisations.grant_token import TokenRequest
from chalicelib.organisations.keep_keys import GivenKeys
from chalicelib.organisations.read_trail import TrailQuestion
from chalicelib.organisations.sns import sns_client
from chalicelib.ports.storage import Recheck, RequestChange
from chalicelib.rights.rulings import GivenMeasure
from chalicelib.security import clients
from chalicelib.security.token_key import KmsTokenKey
from chalicelib.security.tokens import AccessToken
from chalicelib.signals.request import RenewalRequest
from chalicelib.upkeep.audit_bucket import bucket_name, s3_client
from chalicelib.wiring import access, base, delivery, entrance, erasing, interface, matching
from infra.chalice_config import environment
from infra.functions import FUNCTIONS, Function
from infra.policies import policy
from infra.stages import LOCAL_STAGE, stage_named
from tests.builders import TODAY, make_organisation, make_professional, make_youth
from tests.fakes import FixedClock
from tests.gateway import FakeTokens
from tests.integration.storage.given import new_audit
from tests.signal_requests import make_card, make_request
from tests.systems import System, key_named, public
from tests.unit.notices import mail_events
from tests.unit.organisations.operators import make_registration
from tests.unit.rights.office import granted, make_new

STAGE = stage_named(LOCAL_STAGE)
OK = Response(status=200, body="{}")
ALL_WELL: dict[str, list[Any]] = {"batchItemFailures": []}
CONTEXT: Any = SimpleNamespace(
    get_remaining_time_in_millis=lambda: 60_000,
    invoked_function_arn=f"arn:aws:lambda:eu-central-1:{STAGE.account}:function:verwijsindex-local-witness",
)
CHECKED = ("dynamodb", "kms", "s3", "secretsmanager", "sns")
SHELTER = Exclusion(
    address=Address(postal_code="3511AB", house_number=12),
    level=Level.NUMBER,
    kind="SHELTER",
    source="municipality",
    valid_from=TODAY + timedelta(days=1),
)
FOR_LONGER = RenewalRequest(planned_end_date=TODAY + timedelta(days=300), informed=None, reference=None)
TOPIC = f"arn:aws:sns:{STAGE.region}:123456789012:{STAGE.prefix}-events-school"
STREAM_READS = frozenset({"DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"})
ITEM_ACTIONS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}

Grant = tuple[str, str]
"""An action and the resource it is done to."""


@dataclass(slots=True)
class Region:
    """A deployed region: its clock, its organisations, and what each of its functions asks for."""

    clock: FixedClock
    school: Caller
    ggd: Caller
    asked: defaultdict[str, set[Grant]] = field(default_factory=lambda: defaultdict(set))
    running: str | None = None

    @contextmanager
    def function(self, name: str) -> Iterator[None]:
        """A function that starts cold, and is listened to while it runs."""
        _forget()
        self.running = name
        yield
        self.running = None

    def hear(self, grants: Iterable[Grant]) -> None:
        """Note what the running function asks for; who sets up a test is no function."""
        if self.running is not None:
            self.asked[self.running].update(grants)

    def suspend(self, organisation_id: str) -> None:
        """As an operator does, who is no function."""
        running, self.running = self.running, None
        held = base.storage().organisations.get(organisation_id)
        assert held is not None
        base.storage().organisations.put(
            replace(held, state=OrganisationState.SUSPENDED, revision=held.revision + 1),
            previous_revision=held.revision,
            audit=new_audit(),
        )
        self.running = running

    def cases(self) -> UseCases:
        """What the function ``api`` calls."""
        return interface.interface().cases


@pytest.fixture
def region(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    """A region under the local stage's names in moto, with two organisations and a supervisor."""
    for name, value in environment(STAGE, base_url="https://index.example/v1").items():
        monkeypatch.setenv(name, value)
    clock = FixedClock()
    monkeypatch.setattr(base, "clock", lambda: clock)
    _forget()
    _deploy()
    region = Region(
        clock,
        _registered("school", administrator="office@school.example", topic_arn=TOPIC),
        _registered("ggd"),
    )
    _registered("utrecht", kind=OrganisationKind.SUPERVISION, municipalities=("0344",))
    base.storage().organisations.put_professional(make_professional("utrecht", "p1"))
    base.storage().organisations.set_supervisor("0344", "utrecht#p1")
    _listen(monkeypatch, region)
    yield region
    _forget()


def test_roles_allow_what_functions_ask(region: Region) -> None:
    """Over a pair that matches, is told and ends, work that a stream lost, and signals that expire.

    The sweep must be able to do all that the streams' functions do.
    """
    _signals_are_given_and_ended(region)
    _a_pair_matches_and_is_told(region)
    _a_doubtful_pair_is_reviewed(region)
    _the_archive_is_opened(region)
    _a_youth_died(region)
    _organisations_are_kept(region)
    _a_stream_loses_a_pair(region)
    _an_erasure_is_finished(region)
    _a_request_is_handled(region)
    _everything_expires(region)
    _a_system_signs_in(region)
    _a_token_is_shown(region)
    _the_trail_is_copied(region)
    region.asked["sweep"] |= region.asked["match"] | region.asked["deliver"]

    assert region.asked == {function.name: _granted(function) for function in FUNCTIONS}


def _signals_are_given_and_ended(region: Region) -> None:
    with region.function("api"):
        zuid = Site(organisation_id="school", id="zuid", name="Zuid", telephone=None)
        region.cases().own_sites.create(region.school, zuid)
        region.cases().own_sites.page(region.school, limit=1, cursor=None)
        card = make_card(site=None, site_id="zuid")
        for _ in range(2):
            region.cases().give_signal(region.school, make_request(professional=card), "key-1")
        with pytest.raises(ReferenceInUse):
            region.cases().give_signal(region.school, make_request(planned_end_date=date(2027, 1, 1)), None)
        closed, retracted = (_given_by_ggd(region, one) for one in ("closed", "retracted"))
        edit = MergePatch({"youth": {"surname": "Bakker"}, "professional": {"site": "Zuid"}})
        region.cases().change_signal(region.ggd, closed, edit, None)
        region.cases().end_signal.close(region.ggd, closed)
        region.cases().end_signal.retract(region.ggd, retracted)
        region.cases().read_signals.one(region.ggd, closed)
        region.cases().read_signals.page(region.ggd, state=None, reference=None, limit=10, cursor=None)
        region.cases().tables_answer()
        region.cases().limits(region.ggd.organisation)
        for _ in range(2):
            region.cases().repeats(region.ggd, "key-2", "asked", act=lambda: ("made", OK), again=lambda _: OK)
        with pytest.raises(LookupError):
            region.cases().repeats(region.ggd, "key-3", "asked", act=_fails, again=lambda _: OK)


def _fails() -> Made:
    raise LookupError


def _a_pair_matches_and_is_told(region: Region) -> None:
    signal_id = _given_by_ggd(region, "pair")
    with region.function("match"):
        assert match(_changed("signalId", signal_id), CONTEXT) == ALL_WELL
    with region.function("api"):
        (seen,) = region.cases().read_matches.of_signal(region.ggd, signal_id)
        region.cases().read_matches.one(region.ggd, seen.id)
        region.cases().list_uninformed(region.ggd, limit=10, cursor=None)
        for question in (
            TrailQuestion(organisation_id="ggd"),
            TrailQuestion(resource=signal_id),
            TrailQuestion(youth="5a" * 16),
        ):
            region.cases().read_trail(region.ggd, question, limit=10, cursor=None)
        with pytest.raises(ErasureNotFound):
            region.cases().read_erasure(region.ggd, signal_id)
        region.cases().list_searches(region.ggd, limit=10, cursor=None)
        region.cases().read_matches.explanation(region.ggd, seen.id)
    with region.function("deliver"):
        assert deliver(_changed("receiver", "school#staff-17", "utrecht#p1"), CONTEXT) == ALL_WELL
    region.cases().end_signal.close(region.ggd, signal_id)
    with region.function("match"):
        assert match(_changed("signalId", signal_id), CONTEXT) == ALL_WELL
    with region.function("deliver"):
        assert deliver(_changed("receiver", "school#staff-17"), CONTEXT) == ALL_WELL
    _a_mail_comes_back(region, seen.id)


def _a_doubtful_pair_is_reviewed(region: Region) -> None:
    sister = make_youth(
        given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21)
    )
    doubtful = _given_by_ggd(region, "doubtful", youth=sister)
    with region.function("match"):
        assert match(_changed("signalId", doubtful), CONTEXT) == ALL_WELL
    with region.function("api"):
        cases = region.cases()
        listed = cases.read_reviews.page(region.ggd, state=ReviewState.OPEN, limit=10, cursor=None)
        for review in listed.items:
            cases.read_reviews.one(region.ggd, review.id)
            cases.ask_confirmation(region.ggd, review.id)
            cases.decide_review.give(region.ggd, review.id, ReviewVerdict.NOT_SAME)
            cases.decide_review.undo(region.ggd, review.id)
            cases.decide_review.give(region.ggd, review.id, ReviewVerdict.NOT_SAME)
        renewed = cases.renew_signal(region.ggd, doubtful, FOR_LONGER).signal
        decided = cases.read_reviews.page(region.ggd, state=ReviewState.DECIDED, limit=10, cursor=None)
        for review in decided.items:
            if any(side.signal_id == renewed.id for side in review.sides):
                cases.decide_review.undo(region.ggd, review.id)
    assert listed.items
    with region.function("deliver"):
        assert deliver(_changed("receiver", "school#staff-17", "ggd#staff-17"), CONTEXT) == ALL_WELL
    region.cases().end_signal.close(region.ggd, renewed.id)
    with region.function("match"):
        assert match(_changed("signalId", doubtful, renewed.id), CONTEXT) == ALL_WELL


def _the_archive_is_opened(region: Region) -> None:
    """By the school, which gives a signal about a youth of whom the ggd closed one."""
    region.clock.advance(timedelta(minutes=1))
    school = replace(region.school, professional_id="staff-17")
    with region.function("api"):
        given = region.cases().give_signal(school, make_request(reference="later"), None).signal
    with region.function("match"):
        assert match(_changed("signalId", given.id), CONTEXT) == ALL_WELL
    with region.function("api"):
        assert region.cases().open_history(school, given.id, "key-4").items


def _a_youth_died(region: Region) -> None:
    """Of whom the school closed a signal, and the ggd has one that it renewed."""
    youth = make_youth(bsn="999990019", given_names="Karel", birth_date=PartialDate(2012, 5, 4))
    with region.function("api"):
        cases = region.cases()
        closed = cases.give_signal(region.school, make_request(reference="died", youth=youth), None).signal
        cases.end_signal.close(region.school, closed.id)
        renewed = _given_by_ggd(region, "died", youth=youth)
        signal_id = cases.renew_signal(region.ggd, renewed, FOR_LONGER).signal.id
        cases.report_death(region.ggd, signal_id)
        cases.confirm_death.page(region.ggd, limit=1, cursor=None)
        assert cases.confirm_death.confirm(region.ggd, signal_id).erased == {closed.id, renewed}


def _organisations_are_kept(region: Region) -> None:
    with region.function("api"):
        cases, school = region.cases().organisations, region.school
        new = make_registration(aws_account="111122223333")
        registered = cases.register(new, operator=school)
        cases.edit(registered.id, OrganisationPatch({"awsAccount": None}), operator=school)
        cases.read.one(school, registered.id)
        cases.read.page(school, limit=1, cursor=None)
        cases.exclude.withdraw(cases.exclude.enter(SHELTER, operator=school).id, operator=school)
        cases.excluded.page(school, limit=1, cursor=None)
        cards = region.cases().own_cards
        cards.create(school, make_card(id="staff-new"))
        cards.page(school, limit=1, cursor=None)
        region.cases().transfer_signals(school, "staff-17", "staff-new", None)


def _a_request_is_handled(region: Region) -> None:
    """Found, in the archive too; asked about, hidden, corrected and erased."""
    first, second, third = (_given_by_ggd(region, one) for one in ("corrected", "erased", "archived"))
    region.cases().end_signal.close(region.ggd, third)
    with region.function("api"):
        rights, handler = region.cases().rights(), replace(region.school, professional_id="staff-17")
        request = rights.file(
            handler, make_new(RequestKind.RECTIFICATION, signal_ids=(first, second, third), hides=True)
        )
        rights.read.page(handler, is_open=True, limit=10, cursor=None)
        rights.advise.read(region.ggd, request.id)
        decision = granted(
            GivenMeasure(
                signal_id=first, measure=Measure.CORRECTED, edit=YouthPatch({"surname": "Bakker"}, "")
            ),
            GivenMeasure(signal_id=second, measure=Measure.ERASED),
            GivenMeasure(signal_id=third, measure=Measure.ERASED),
        )
        assert rights.decide(handler, request.id, decision, None).done_at is not None
        access = rights.file(handler, make_new(RequestKind.ACCESS, signal_ids=(first,)))
        rights.decide(handler, access.id, granted(), None)
        rights.answer(handler, access.id)
        card = {"id": "colleague", "name": "P. de Wit", "email": "colleague@ggd.example"}
        region.cases().change_signal(region.ggd, first, MergePatch({"professional": card}), None)
    with region.function("deliver"):
        assert deliver(_changed("receiver", "ggd#staff-17"), CONTEXT) == ALL_WELL
    for signal_id in (first, second):
        with region.function("match"):
            assert match(_changed("signalId", signal_id), CONTEXT) == ALL_WELL


def _requests_are_due(region: Region) -> None:
    """One that was decided and not carried out, and one whose term is near."""
    first, second, third = (_given_by_ggd(region, f"to-{one}") for one in ("correct", "close", "erase"))
    rights, handler = region.cases().rights(), replace(region.school, professional_id="staff-17")
    request = rights.file(
        handler, make_new(RequestKind.RECTIFICATION, signal_ids=(first, second, third), hides=True)
    )
    measures = {first: Measure.CORRECTED, second: Measure.CLOSED, third: Measure.ERASED}
    decided = replace(
        request,
        state=RequestState.DECIDED,
        revision=request.revision + 1,
        concerned=tuple(replace(one, measure=measures[one.signal_id]) for one in request.concerned),
        record=RequestRecord(youth=make_youth(), corrections=((first, make_youth(surname="Bakker")),)),
        agenda_on=TODAY,
    )
    base.storage().rights.commit(
        RequestChange(request=decided, previous_revision=request.revision, audit=None)
    )
    rights.file(handler, make_new(RequestKind.ACCESS, received_on=TODAY - timedelta(days=25)))


def _a_mail_comes_back(region: Region, match_id: str) -> None:
    """One that arrives after all first, so that every write is made."""
    told = notice_id(match_id, 1, NoticeKind.ENDED, "school#staff-17")
    message_id = str(base.storage().notices.get_many([told])[told].message_id)
    card = base.storage().organisations.professional("school", "staff-17")
    assert card is not None
    mail = {"message_id": message_id, "to": card.email}
    with region.function("feedback"):
        for text in _heard_of(mail):
            assert feedback(_message(text), CONTEXT) == ALL_WELL


def _heard_of(mail: dict[str, str]) -> tuple[str, ...]:
    """Given up, arrived after all, and come back at last."""
    given_up = mail_events.bounce("Transient", **mail)
    return given_up, mail_events.delivery(**mail), mail_events.bounce(**mail)


def _a_stream_loses_a_pair(region: Region) -> None:
    _given_by_ggd(region, "lost")
    for _ in range(2):
        region.clock.advance(timedelta(minutes=3))
        with region.function("sweep"):
            assert sweep(CONTEXT)["failed"] == 0


def _an_erasure_is_finished(region: Region) -> None:
    """Of a signal that is in a match, and about which there is a verdict."""
    sister = make_youth(
        given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21)
    )
    decided = _given_by_ggd(region, "decided", youth=sister)
    matched = _given_by_ggd(region, "matched")
    assert match(_changed("signalId", decided, matched), CONTEXT) == ALL_WELL
    reviews = region.cases().read_reviews.page(region.ggd, state=ReviewState.OPEN, limit=10, cursor=None)
    for review in reviews.items:
        region.cases().decide_review.give(region.ggd, review.id, ReviewVerdict.NOT_SAME)
    for one in (decided, matched):  # one after the other: a verdict about two that are erased goes with both
        erasing.erase_signal()(one, ErasureGround.RIGHT, IndexItself())
        assert match(_changed("signalId", decided, matched), CONTEXT) == ALL_WELL
        region.clock.advance(timedelta(days=8))
        for _ in range(3):
            region.clock.advance(timedelta(minutes=3))
            with region.function("sweep"):
                assert sweep(CONTEXT)["failed"] == 0
    assert base.storage().erasures.unfinished(limit=10) == ()
    counts = [base.storage().erasures.get(one) for one in (decided, matched)]
    assert {name for one in counts if one is not None for name in one.counts} == {
        *("keys", "personRecords", "references"),
        *("matches", "notices", "reviews", "verdicts"),
    }


def _everything_expires(region: Region) -> None:
    (item,) = base.storage().census.key_items(limit=1, after=None).items
    base.storage().work.recheck(Recheck(TODAY, item.key))
    _requests_are_due(region)
    with region.function("expire"):
        counts = expire(CONTEXT)
    assert counts["rechecked"] > 0
    assert (counts["requests_carried"], counts["requests_warned"]) == (1, 1)
    region.clock.advance(timedelta(days=232))
    with region.function("expire"):
        assert expire(CONTEXT)["reminded"] > 0
    region.clock.advance(timedelta(days=125))
    with region.function("expire"):
        assert expire(CONTEXT)["complete"] == 1
    region.clock.advance(timedelta(days=6 * 365))
    with region.function("expire"):
        counts = expire(CONTEXT)
    assert counts["archive"] > 0
    assert counts["requests_removed"] > 0


def _a_token_is_shown(region: Region) -> None:
    """Moto signs with another salt than KMS, so the key is asked for apart from the token."""
    request = AuthRequest("TOKEN", "Bearer known", "arn:aws:execute-api:eu-central-1:1:a/v1/GET/signals")
    token = AccessToken(organisation_id="school", scopes=region.school.scopes, token_id="token-1")
    with region.function("bearer"):
        KmsTokenKey(base.settings().token_key, region.clock).named("another")
        authorizer = replace(entrance.authorizer(), tokens=FakeTokens({"known": token}))
        authorizer(request)
        with pytest.raises(UnauthorizedError):
            authorizer(AuthRequest("TOKEN", "Bearer unknown", request.method_arn))
        region.suspend("school")
        authorizer(request)


def _a_system_signs_in(region: Region) -> None:
    """With keys that are registered, after a look for those that are published."""
    system = System(client="ggd", audience=base.settings().issuer, key=key_named("ggd"))
    request = TokenRequest(
        assertion=system.assertion(region.clock.now()), client_id=None, scope=None, request_id=None
    )
    with region.function("api"):
        cases = region.cases()
        published = GivenKeys(uri="https://keys.ggd.example/jwks.json")
        cases.keep_keys.replace(region.ggd, "ggd", published, frozenset())
        with pytest.raises(OAuthRefusal):
            cases.sign_in(request)
        cases.keep_keys.replace(region.ggd, "ggd", GivenKeys(keys=[public(system.key)]), None)
        cases.keep_keys.read(region.ggd, "ggd")
        cases.sign_in(request)
        cases.token_keys.all()


def _the_trail_is_copied(region: Region) -> None:
    image = {
        "organisationId": {"S": "school"},
        "entryId": {"S": "2026-11-22T09:30:00.000Z#a1"},
        "act": {"S": "SIGNAL_READ"},
        "resource": {"S": "lo-s1"},
        "at": {"S": "2026-11-22T09:30:00.000Z"},
        "outcome": {"S": "DONE"},
    }
    erased = image | {"act": {"S": "SIGNAL_ERASED"}, "entryId": {"S": "2026-11-22T09:30:00.000Z#a2"}}
    records = [
        {"eventName": "INSERT", "dynamodb": {"NewImage": one, "SequenceNumber": "1"}}
        for one in (image, erased)
    ]
    with region.function("witness"):
        assert witness({"Records": records}, CONTEXT) == ALL_WELL


def _given_by_ggd(region: Region, reference: str, **changes: Any) -> str:
    card = make_card(email="staff@ggd.example")
    request = make_request(reference=reference, professional=card, **changes)
    return region.cases().give_signal(region.ggd, request, None).signal.id


def _registered(organisation_id: str, **changes: Any) -> Caller:
    organisation = make_organisation(organisation_id, **changes)
    base.storage().organisations.put(organisation, previous_revision=None, audit=new_audit())
    return Caller(organisation=organisation, scopes=organisation.scopes, professional_id=None)


def _deploy() -> None:
    """What the storage stack would have made."""
    create_all(f"{STAGE.prefix}-")
    kms, secrets, ses = boto3.client("kms"), boto3.client("secretsmanager"), boto3.client("ses")
    data_key = kms.create_key()["KeyMetadata"]["KeyId"]
    token_key = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=f"alias/{STAGE.prefix}-data", TargetKeyId=data_key)
    kms.create_alias(AliasName=f"alias/{STAGE.prefix}-token", TargetKeyId=token_key)
    for name in ("index", "pseudonym"):
        secrets.create_secret(Name=f"verwijsindex/{STAGE.name}/{name}", SecretString='{"v1": "secret"}')
    boto3.client("s3").create_bucket(
        Bucket=bucket_name(f"{STAGE.prefix}-", STAGE.account),
        CreateBucketConfiguration={"LocationConstraint": "eu-central-1"},
    )
    boto3.client("sns").create_topic(Name=f"{STAGE.prefix}-events-school")
    ses.verify_email_identity(EmailAddress=STAGE.sender)
    ses.create_configuration_set(ConfigurationSet={"Name": STAGE.prefix})


def _forget() -> None:
    """As a function that starts cold."""
    for made in (
        base.settings,
        base.names,
        base.storage,
        interface.interface,
        delivery.deliver,
        entrance.authorizer,
        access.token_key,
        access.sparing_trail,
        matching.hasher,
        clients.kms_client,
        clients.secrets_client,
        s3_client,
        sns_client,
    ):
        made.cache_clear()


def _changed(key: str, *names: str) -> dict[str, Any]:
    """A batch of a stream's records."""
    return {
        "Records": [
            {"dynamodb": {"Keys": {key: {"S": name}}, "SequenceNumber": str(number)}}
            for number, name in enumerate(names)
        ]
    }


def _message(text: str) -> dict[str, Any]:
    """A batch of one message."""
    return {"Records": [{"messageId": "1", "body": text, "attributes": {"SentTimestamp": "1795339800000"}}]}


def _granted(function: Function) -> set[Grant]:
    """The grants of a function's role on tables, data keys and secrets."""
    return {
        (action, resource)
        for statement in policy(STAGE, function)["Statement"]
        for action in statement["Action"]
        if action.partition(":")[0] in CHECKED and action.partition(":")[2] not in STREAM_READS
        for resource in _resources(statement)
    }


def _resources(statement: Mapping[str, Any]) -> list[str]:
    aliases = statement.get("Condition", {}).get("ForAnyValue:StringEquals", {}).get("kms:ResourceAliases")
    return [aliases] if aliases else [arn.split(":", 5)[5] for arn in statement["Resource"]]


def _listen(monkeypatch: pytest.MonkeyPatch, region: Region) -> None:
    send = BaseClient._make_api_call  # type: ignore[attr-defined] # every call of every client

    def heard(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        if service in CHECKED:
            region.hear(_grants(service, operation, parameters))
        return send(client, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", heard)


def _grants(service: str, operation: str, parameters: Mapping[str, Any]) -> Iterator[Grant]:
    """The grants that a call needs."""
    if service == "kms":
        yield f"kms:{operation}", parameters["KeyId"]
    elif service == "sns":
        yield f"sns:{operation}", f"{STAGE.prefix}-events-*"
    elif service == "s3":
        folder = str(parameters["Key"]).partition("/")[0]
        yield f"s3:{operation}", f"{parameters['Bucket']}/{folder}/*"
        yield "kms:GenerateDataKey", f"alias/{STAGE.prefix}-audit"  # which the bucket asks for in its name
    elif service == "secretsmanager":
        yield f"secretsmanager:{operation}", f"secret:{parameters['SecretId']}-??????"
    elif operation == "TransactWriteItems":
        for item in parameters["TransactItems"]:
            ((kind, write),) = item.items()
            yield f"dynamodb:{ITEM_ACTIONS[kind]}", f"table/{write['TableName']}"
    elif operation == "BatchGetItem":
        for table in parameters["RequestItems"]:
            yield "dynamodb:BatchGetItem", f"table/{table}"
    else:
        index = f"/index/{parameters['IndexName']}" if "IndexName" in parameters else ""
        yield f"dynamodb:{operation}", f"table/{parameters['TableName']}{index}"
