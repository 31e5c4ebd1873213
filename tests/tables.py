"""A table as infra/template.yaml describes it, made on whatever endpoint stands in for AWS."""

from pathlib import Path
from typing import Any

import boto3
from cfnlint.decode import cfn_yaml

from chalicelib.store.dynamo import DynamoStore
from chalicelib.wire import Credentials, Service

TEMPLATE = Path(__file__).parent.parent / "infra" / "template.yaml"
ACCEPTED = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


def make_table(endpoint: str, name: str, key: str = "test") -> None:
    """Make the table with the template's own key schema and index."""
    resources: dict[str, Any] = cfn_yaml.load(str(TEMPLATE))["Resources"]
    table = next(each["Properties"] for each in resources.values() if each["Type"] == "AWS::DynamoDB::Table")
    client = boto3.client("dynamodb", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=key)
    client.create_table(TableName=name, **{part: table[part] for part in ACCEPTED})


def store_on(endpoint: str, table: str, key: str = "test") -> DynamoStore:
    return DynamoStore(Service("dynamodb", "DynamoDB_20120810", "us-east-1", lambda: Credentials(key, key), endpoint), table)
