"""What must stay true of the template, whatever is added to it."""

import json
from typing import Any

import pytest

from chalicelib.access import ROUTES
from chalicelib.open311.rules import asked
from infra import package, throttling
from tests.architecture.tree import template
from tests.builders import moment

QUEUES = ("SensorsQueue", "SensorsDeadQueue", "FailedNewsQueue", "IotErrorsQueue")
SELECT = "SELECT encode(*,'base64') AS data, topic() AS topic, clientid() AS cid, timestamp() AS received_at FROM "
HEARD = {"SensorsRule": "'care/+/#'", "PresenceRule": "'$aws/events/presence/+/+'"}


def properties(name: str) -> Any:
    return template()["Resources"][name]["Properties"]


def test_the_table_can_be_restored_forgets_in_time_and_costs_nothing_at_rest() -> None:
    table = properties("Table")
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert [index["IndexName"] for index in table["GlobalSecondaryIndexes"]] == ["due"]


@pytest.mark.parametrize("name", QUEUES)
def test_every_queue_is_encrypted_and_those_for_people_keep_two_weeks(name: str) -> None:
    queue = properties(name)
    assert queue["SqsManagedSseEnabled"] is True
    assert name == "SensorsQueue" or queue["MessageRetentionPeriod"] == 14 * 24 * 3600


@pytest.mark.parametrize("name", HEARD)
def test_a_rule_hands_over_every_payload_and_its_errors(name: str) -> None:
    payload = properties(name)["TopicRulePayload"]
    assert payload["Sql"] == SELECT + HEARD[name]
    assert payload["Actions"][0]["Sqs"]["QueueUrl"] == {"Ref": "SensorsQueue"}
    assert payload["ErrorAction"]["Sqs"]["RoleArn"] != payload["Actions"][0]["Sqs"]["RoleArn"]


def test_there_is_no_other_rule() -> None:
    assert {name for name, each in template()["Resources"].items() if each["Type"] == "AWS::IoT::TopicRule"} == set(HEARD)


def test_a_device_may_only_be_itself_and_only_speak() -> None:
    """It may subscribe, because its software does so unasked, but receive nothing."""
    statements = properties("DevicePolicy")["PolicyDocument"]["Statement"]
    assert [statement["Action"] for statement in statements] == ["iot:Connect", ["iot:Publish", "iot:RetainPublish"], "iot:Subscribe"]
    assert all("${!iot:Connection.Thing.ThingName}" in str(statement["Resource"]) for statement in statements)


def test_an_installer_may_only_ask_for_a_certificate_and_hear_the_answer() -> None:
    statements = properties("InstallerPolicy")["PolicyDocument"]["Statement"]
    assert [statement["Action"] for statement in statements] == ["iot:Connect", "iot:Publish", "iot:Receive", "iot:Subscribe"]
    asked = ("$aws/certificates/create/json", "$aws/provisioning-templates/nuanlin-${Stage}-gateway/provision/json")
    for statement, ending in zip(statements[1:], ("", "/*", "/*"), strict=True):
        assert [str(each["Sub"]).partition("/")[2] for each in statement["Resource"]] == [f"{each}{ending}" for each in asked]
    assert str(statements[0]["Resource"]["Sub"]).endswith(":client/nuanlin-${Stage}-installer-*")


def test_no_gateway_is_enrolled_that_is_not_awaited() -> None:
    enrolment = properties("EnrolmentTemplate")
    assert enrolment["PreProvisioningHook"]["TargetArn"] == {"Ref": "AdmissionFunction"}
    body = json.loads(enrolment["TemplateBody"]["Sub"])
    assert body["Resources"]["policy"]["Properties"] == {"PolicyName": "${DevicePolicy}"}
    role = properties("EnrolmentRole")["Policies"][0]["PolicyDocument"]["Statement"]
    attaching = [each["Resource"] for each in role if "iot:AttachPolicy" in each["Action"]]
    assert [str(each["Sub"]).rpartition(":")[2] for each in attaching] == ["cert/*", "policy/${DevicePolicy}"]


def test_nobody_but_the_cdn_reads_the_bucket() -> None:
    assert all(properties("SiteBucket")["PublicAccessBlockConfiguration"].values())
    statement = properties("SiteBucketPolicy")["PolicyDocument"]["Statement"]
    assert [(each["Effect"], each["Principal"], each["Action"]) for each in statement] == [
        ("Allow", {"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    ]


def test_photos_are_nobodys_to_read_or_put_without_a_signature_and_are_forgotten() -> None:
    bucket = properties("PhotosBucket")
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in bucket["LifecycleConfiguration"]["Rules"]} == {
        "photos/new/": 1,
        "photos/kept/": 180,
    }
    assert "CorsConfiguration" not in bucket  # Browsers reach it through our own origin, and through no other.
    statements = properties("PhotosBucketPolicy")["PolicyDocument"]["Statement"]
    assert [each["Effect"] for each in statements] == ["Deny"]


def test_a_form_with_a_photo_reaches_the_buckets_root_and_is_cached_nowhere() -> None:
    distribution = properties("Cdn")["DistributionConfig"]
    site = properties("CdnHeaders")
    (behaviour,) = [each for each in distribution["CacheBehaviors"] if each.get("PathPattern") == "/photos/*"]
    assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert (behaviour["ResponseHeadersPolicyId"], site["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]["ContentTypeOptions"]) == (
        {"Ref": "CdnHeaders"},
        {"Override": True},
    )
    assert "request.method === 'POST'" in properties("CdnPhotos")["FunctionCode"]


def behaviour(path: str) -> Any:
    (found,) = [each for each in properties("Cdn")["DistributionConfig"]["CacheBehaviors"] if each.get("PathPattern") == path]
    return found


def test_what_everybody_asks_of_open311_is_kept_by_every_word_that_it_is_asked_with() -> None:
    """A word that is read and is not in the key would give one's answer to another."""
    policy = properties("CdnOpen311")["CachePolicyConfig"]
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    read = Recorded()
    asked(read, moment("09:00"))

    assert behaviour("/open311/*")["CachePolicyId"] == {"Ref": "CdnOpen311"}
    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 0, 60)
    assert set(key["QueryStringsConfig"]["QueryStrings"]) == {*read.names, "jurisdiction_id", "api_key"}
    assert (key["HeadersConfig"], key["CookiesConfig"]) == ({"HeaderBehavior": "none"}, {"CookieBehavior": "none"})
    assert behaviour("/api/*")["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


class Recorded(dict[str, str]):
    """A query that knows what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return default


@pytest.mark.parametrize("name", ["Table", "StaffPool", "SiteBucket", "PhotosBucket"])
def test_what_cannot_be_made_again_outlives_the_stack(name: str) -> None:
    resource = template()["Resources"][name]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_the_policy_of_the_laptop_is_the_policy_of_the_cdn() -> None:
    from local.gateway import CSP

    headers = properties("CdnHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"].split("; ") == CSP.split("; ")


def test_questions_without_a_key_are_throttled_alike_by_both_ways_to_deploy() -> None:
    class Stages:
        def update_stage(self, **given: Any) -> None:
            self.given = given

    stages, settings = Stages(), package.additions()["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    throttling.put(stages, "a1b2", "api")
    patched = {each["path"]: each["value"] for each in stages.given["patchOperations"]}

    assert [each["ResourcePath"] for each in settings][:2] == ["/~1open311~1v2~1{what}", "/~1open311~1v2~1{what}~1{name}"]
    assert {("GET", path) for path in throttling.PATHS} == {
        key for key in ROUTES if key[1].startswith(("/open311", "/api/places/")) and key[0] == "GET"
    }
    for each in settings:
        assert patched[f"{each['ResourcePath']}/GET/throttling/rateLimit"] == str(each["ThrottlingRateLimit"])
        assert patched[f"{each['ResourcePath']}/GET/throttling/burstLimit"] == str(each["ThrottlingBurstLimit"])
