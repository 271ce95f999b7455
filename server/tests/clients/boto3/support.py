"""A client, a resource and tables of their own for each test."""

import itertools
import os
import unittest
import uuid

import boto3
from botocore.config import Config

URL = os.environ["DJAMODB_SERVER_URL"]
OPTIONS = {
    "endpoint_url": URL,
    "region_name": "eu-west-1",
    "aws_access_key_id": "djamodb",
    "aws_secret_access_key": "djamodb",
    "config": Config(retries={"max_attempts": 1}),
}
NUMBERS = itertools.count()
RUN = uuid.uuid4().hex[:8]


def table_name():
    """Returns a name that no other test uses."""
    return f"boto3-{RUN}-{next(NUMBERS)}"


class TestCase(unittest.TestCase):
    """A test with a client, a resource and a table with the keys `h` (S) and `r` (N)."""

    @classmethod
    def setUpClass(cls):
        cls.client = boto3.client("dynamodb", **OPTIONS)
        cls.streams = boto3.client("dynamodbstreams", **OPTIONS)
        cls.resource = boto3.resource("dynamodb", **OPTIONS)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.streams.close()
        cls.resource.meta.client.close()

    def create(self, **options):
        """Creates a table and returns its name. It is deleted after the test."""
        name = table_name()
        request = {
            "AttributeDefinitions": [
                {"AttributeName": "h", "AttributeType": "S"},
                {"AttributeName": "r", "AttributeType": "N"},
            ],
            "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
            "BillingMode": "PAY_PER_REQUEST",
        }
        self.client.create_table(TableName=name, **{**request, **options})
        self.client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 5})
        self.addCleanup(self.delete, name)
        return name

    def delete(self, name):
        try:
            self.client.delete_table(TableName=name)
        except self.client.exceptions.ResourceNotFoundException:
            pass

    def fill(self, name, count, h="a"):
        """Writes items with the range keys 0 to `count` - 1."""
        with self.resource.Table(name).batch_writer() as batch:
            for r in range(count):
                batch.put_item(Item={"h": h, "r": r, "kind": "even" if r % 2 == 0 else "odd", "n": r * 10})

    def assert_error(self, code, call, *arguments, **parameters):
        """Fails unless the call raises an error with this code. Returns the parsed response."""
        with self.assertRaises(self.client.exceptions.ClientError) as raised:
            call(*arguments, **parameters)
        self.assertEqual(raised.exception.response["Error"]["Code"], code)
        return raised.exception.response
