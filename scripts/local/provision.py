"""Makes on the emulator what resources.yaml describes and is missing; says what everything is called."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from .template import NO_VALUE, Evaluator, TemplateError

STACK = "local"
REGION = "us-east-1"
ACCOUNT = "000000000000"
PSEUDO = {
    "AWS::StackName": STACK,
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    NO_VALUE: NO_VALUE,
}
# The functions run in one process here, under no role, and nobody watches: these change nothing locally.
SKIPPED = (
    *("AWS::CloudWatch::", "AWS::Logs::", "AWS::XRay::", "AWS::SNS::", "AWS::Backup::", "AWS::WAFv2::"),
    *("AWS::IAM::", "AWS::KMS::Alias", "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"),
    *("AWS::CloudFront::", "AWS::Lambda::", "AWS::Serverless::", "AWS::ApiGateway::", "AWS::Events::"),
)
TABLE_KEYS = (
    "BillingMode",
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
)


class ProvisionError(Exception):
    """The emulator holds something else under the same name."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Per logical id what `Ref` gives and its ARN; and the functions' environment, merged into one."""

    names: dict[str, str] = field(default_factory=dict)
    arns: dict[str, str] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


def provision(template: Mapping[str, Any], client: Callable[[str], Any]) -> Resources:
    """Safe to repeat: what is there stays, with its content."""
    return _Provision(template, client).run()


class _Provision:
    def __init__(self, template: Mapping[str, Any], client: Callable[[str], Any]) -> None:
        self._resources: Mapping[str, Any] = template.get("Resources", {})
        self._client, self._made = client, Resources()
        self._evaluator = Evaluator(template, PSEUDO, self._reference, self._attribute)

    def run(self) -> Resources:
        for name in self._resources:
            self._make(name)
        for name in self._resources:
            self._merge(name)
        return self._made

    def _reference(self, name: str) -> str:
        self._make(name)
        return self._made.names.get(name, name)

    def _attribute(self, name: str, attribute: str) -> str:
        self._make(name)
        known = {"Arn": self._made.arns, "StreamArn": self._made.streams}.get(attribute, {})
        if name in known:
            return known[name]
        if self._kind(name) in _MAKERS:
            raise TemplateError(f"{name} has no {attribute} in the local stack")
        return name

    def _kind(self, name: str) -> str:
        return str(self._resources.get(name, {}).get("Type", ""))

    def _make(self, name: str) -> None:
        kind = self._kind(name)
        if name in self._made.names or not self._wanted(name) or not kind or kind.startswith(SKIPPED):
            return
        if kind not in _MAKERS:
            raise TemplateError(f"{name}: the local stack does not know what to do about {kind}")
        properties = self._evaluator.value(self._resources[name].get("Properties", {}))
        _MAKERS[kind](self, name, properties)

    def _wanted(self, name: str) -> bool:
        condition = self._resources.get(name, {}).get("Condition")
        return condition is None or self._evaluator.condition(condition)

    def _merge(self, name: str) -> None:
        """What Chalice makes has no type in the merge template: there stand the functions' environments."""
        variables = self._resources[name].get("Properties", {}).get("Environment", {}).get("Variables", {})
        for key, node in variables.items():
            value = str(self._evaluator.value(node))
            if self._made.environment.setdefault(key, value) != value:
                raise ProvisionError(f"{key} differs between functions: the local stack runs them in one process")

    def table(self, name: str, properties: dict[str, Any]) -> None:
        table = properties.get("TableName", f"{STACK}-{name}")
        tables = self._client("dynamodb")
        try:
            present = tables.describe_table(TableName=table)["Table"]
        except tables.exceptions.ResourceNotFoundException:
            wanted = {key: properties[key] for key in TABLE_KEYS if key in properties}
            tables.create_table(TableName=table, **wanted, **_stream(properties))
            present = tables.describe_table(TableName=table)["Table"]
        self._adjust_table(tables, present, properties)
        self._made.names[name], self._made.arns[name] = table, present["TableArn"]
        if "LatestStreamArn" in present:
            self._made.streams[name] = present["LatestStreamArn"]

    def _adjust_table(self, tables: Any, present: Any, properties: dict[str, Any]) -> None:
        table = present["TableName"]
        if present["KeySchema"] != properties["KeySchema"]:
            raise ProvisionError(f"table {table} has another key: its state folder is of an older version")
        indexes = {index["IndexName"] for index in present.get("GlobalSecondaryIndexes", [])}
        for index in properties.get("GlobalSecondaryIndexes", []):
            if index["IndexName"] not in indexes:
                update = [{"Create": index}]
                definitions = properties["AttributeDefinitions"]
                tables.update_table(
                    TableName=table, AttributeDefinitions=definitions, GlobalSecondaryIndexUpdates=update
                )
        wanted = properties.get("TimeToLiveSpecification")
        status = tables.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
        if wanted and status != "ENABLED":
            tables.update_time_to_live(TableName=table, TimeToLiveSpecification=wanted)

    def queue(self, name: str, properties: dict[str, Any]) -> None:
        queues = self._client("sqs")
        queue = properties.pop("QueueName", f"{STACK}-{name}")
        attributes = {
            key: _text(value) for key, value in properties.items() if key not in ("Tags", "RedriveAllowPolicy")
        }
        try:
            url = queues.get_queue_url(QueueName=queue)["QueueUrl"]
            queues.set_queue_attributes(QueueUrl=url, Attributes=attributes)
        except queues.exceptions.QueueDoesNotExist:
            url = queues.create_queue(QueueName=queue, Attributes=attributes)["QueueUrl"]
        answer = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        self._made.names[name], self._made.arns[name] = url, answer["Attributes"]["QueueArn"]

    def bucket(self, name: str, properties: dict[str, Any]) -> None:
        bucket = properties.get("BucketName", f"{STACK}-{name.lower()}")
        objects = self._client("s3")
        try:
            objects.head_bucket(Bucket=bucket)
        except ClientError:
            objects.create_bucket(Bucket=bucket)
        self._made.names[name], self._made.arns[name] = bucket, f"arn:aws:s3:::{bucket}"

    def key(self, name: str, properties: dict[str, Any]) -> None:
        """Found again by its alias: a new key would close everything that the old one sealed."""
        keys = self._client("kms")
        alias = f"alias/{STACK}-{name}"
        try:
            key = keys.describe_key(KeyId=alias)["KeyMetadata"]
        except keys.exceptions.NotFoundException:
            wanted = {key: properties[key] for key in ("Description", "KeySpec", "KeyUsage") if key in properties}
            key = keys.create_key(**wanted)["KeyMetadata"]
            keys.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
        self._made.names[name], self._made.arns[name] = key["KeyId"], key["Arn"]


_MAKERS: dict[str, Callable[[_Provision, str, dict[str, Any]], None]] = {
    "AWS::DynamoDB::Table": _Provision.table,
    "AWS::SQS::Queue": _Provision.queue,
    "AWS::S3::Bucket": _Provision.bucket,
    "AWS::KMS::Key": _Provision.key,
}


def _stream(properties: Mapping[str, Any]) -> dict[str, Any]:
    if "StreamSpecification" not in properties:
        return {}
    return {"StreamSpecification": {"StreamEnabled": True, **properties["StreamSpecification"]}}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, dict | list) else str(value)
