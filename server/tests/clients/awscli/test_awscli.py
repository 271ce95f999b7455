"""The AWS command line interface, called as a user calls it."""

import json
import os
import subprocess
import sys
import unittest
import uuid
from pathlib import Path

URL = os.environ["DJAMODB_SERVER_URL"]
AWS = Path(sys.executable).parent / "aws"
ENVIRONMENT = {
    **os.environ,
    "AWS_ACCESS_KEY_ID": "djamodb",
    "AWS_SECRET_ACCESS_KEY": "djamodb",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
}
TABLE = f"awscli-{uuid.uuid4().hex[:8]}"


def aws(*arguments, service="dynamodb"):
    """Runs a command and returns its parsed output. A failure raises `CalledProcessError`."""
    command = [str(AWS), "--endpoint-url", URL, "--output", "json", service, *arguments]
    output = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=True).stdout
    return json.loads(output) if output.strip() else None


class AwsCli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        aws(
            "create-table",
            *["--table-name", TABLE, "--billing-mode", "PAY_PER_REQUEST"],
            *["--attribute-definitions", "AttributeName=h,AttributeType=S", "AttributeName=r,AttributeType=N"],
            *["--key-schema", "AttributeName=h,KeyType=HASH", "AttributeName=r,KeyType=RANGE"],
        )
        aws("wait", "table-exists", "--table-name", TABLE)
        for r in range(3):
            aws("put-item", "--table-name", TABLE, "--item", json.dumps({"h": {"S": "a"}, "r": {"N": str(r)}}))

    @classmethod
    def tearDownClass(cls):
        aws("delete-table", "--table-name", TABLE)

    def test_tables_are_listed_and_described(self):
        self.assertIn(TABLE, aws("list-tables")["TableNames"])
        self.assertEqual(aws("describe-table", "--table-name", TABLE)["Table"]["TableStatus"], "ACTIVE")

    def test_queries_read_all_pages(self):
        page = aws(
            "query",
            *["--table-name", TABLE, "--page-size", "1", "--key-condition-expression", "h = :h AND r >= :r"],
            *["--expression-attribute-values", '{":h": {"S": "a"}, ":r": {"N": "1"}}'],
        )
        self.assertEqual([item["r"]["N"] for item in page["Items"]], ["1", "2"])

    def test_items_are_updated_and_read(self):
        key = '{"h": {"S": "a"}, "r": {"N": "0"}}'
        updated = aws(
            "update-item",
            *["--table-name", TABLE, "--key", key, "--update-expression", "SET #n = :n"],
            *["--expression-attribute-names", '{"#n": "name"}'],
            *["--expression-attribute-values", '{":n": {"S": "one"}}', "--return-values", "UPDATED_NEW"],
        )
        self.assertEqual(updated["Attributes"], {"name": {"S": "one"}})
        self.assertEqual(aws("get-item", "--table-name", TABLE, "--key", key)["Item"]["name"], {"S": "one"})

    def test_batches_and_transactions_take_json(self):
        writes = {TABLE: [{"PutRequest": {"Item": {"h": {"S": "b"}, "r": {"N": "1"}}}}]}
        self.assertEqual(aws("batch-write-item", "--request-items", json.dumps(writes)), {"UnprocessedItems": {}})
        deletion = {"Delete": {"TableName": TABLE, "Key": {"h": {"S": "b"}, "r": {"N": "1"}}}}
        aws("transact-write-items", "--transact-items", json.dumps([deletion]))
        self.assertEqual(aws("scan", "--table-name", TABLE, "--select", "COUNT")["Count"], 3)

    def test_errors_are_shown_with_their_code(self):
        with self.assertRaises(subprocess.CalledProcessError) as raised:
            aws("describe-table", "--table-name", "no-such-table")
        self.assertIn("(ResourceNotFoundException)", raised.exception.stderr)
        with self.assertRaises(subprocess.CalledProcessError) as raised:
            item = ["--item", '{"h": {"S": "a"}, "r": {"N": "0"}}']
            condition = ["--condition-expression", "attribute_not_exists(h)"]
            aws("put-item", "--table-name", TABLE, *item, *condition)
        self.assertIn("(ConditionalCheckFailedException)", raised.exception.stderr)

    def test_streams_are_listed(self):
        self.assertEqual(aws("list-streams", "--table-name", TABLE, service="dynamodbstreams"), {"Streams": []})
