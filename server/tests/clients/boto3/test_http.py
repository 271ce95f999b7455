"""The protocol itself, by plain HTTP requests."""

import gzip
import http.client
import json
import unittest
import zlib
from urllib.parse import urlsplit

from support import URL

SIGNATURE = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
FRAMEWORK = "com.amazon.coral.service#"
VALIDATION = "com.amazon.coral.validate#ValidationException"


def request(body, operation="ListTables", method="POST", target=True, **headers):
    """Sends a request and returns the status, the headers and the body."""
    all_headers = {"Content-Type": "application/x-amz-json-1.0", "Authorization": SIGNATURE}
    if target:
        all_headers["X-Amz-Target"] = f"DynamoDB_20120810.{operation}"
    all_headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=20)
    try:
        named = {name: value for name, value in all_headers.items() if value is not None}
        connection.request(method, "/", body=body, headers=named)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def error(body, operation="Scan"):
    status, _, content = request(body if isinstance(body, bytes) else json.dumps(body), operation)
    content = json.loads(content)
    return status, content["__type"], content.get("message", content.get("Message"))


class Http(unittest.TestCase):
    def test_responses_have_an_identifier_and_a_checksum(self):
        status, headers, body = request("{}")
        self.assertEqual((status, headers["Content-Type"]), (200, "application/x-amz-json-1.0"))
        self.assertEqual(int(headers["x-amz-crc32"]), zlib.crc32(body))
        self.assertEqual(len(headers["x-amzn-RequestId"]), 52)

    def test_a_get_is_a_health_check(self):
        status, _, body = request(None, method="GET", target=False, Authorization=None)
        self.assertEqual(status, 200)
        self.assertTrue(body.startswith(b"healthy: "))

    def test_browsers_of_any_origin_are_allowed(self):
        status, headers, _ = request(
            None,
            method="OPTIONS",
            target=False,
            Authorization=None,
            Origin="http://example.org",
            Access_Control_Request_Headers="x-amz-target, authorization",
        )
        self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (200, "*"))
        self.assertEqual(headers["Access-Control-Allow-Headers"], "x-amz-target, authorization")
        _, headers, _ = request("{}", Origin="http://example.org")
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")

    def test_compressed_requests_are_read(self):
        body = gzip.compress(b'{"Limit": 1}')
        self.assertEqual(request(body, Content_Encoding="gzip")[0], 200)
        self.assertEqual(request(zlib.compress(b"{}"), Content_Encoding="deflate")[0], 200)
        self.assertEqual(request(b"{}", Content_Encoding="br")[0], 400)

    def test_unknown_operations_and_missing_signatures_are_errors(self):
        for status, _, body in [request("{}", operation="Fly"), request("{}", target=False)]:
            self.assertEqual((status, json.loads(body)["__type"]), (400, FRAMEWORK + "UnknownOperationException"))
        status, _, body = request("{}", Authorization=None)
        kind = FRAMEWORK + "MissingAuthenticationTokenException"
        self.assertEqual((status, json.loads(body)["__type"]), (400, kind))

    def test_a_body_that_is_no_object_is_a_serialization_error(self):
        for body in [b"{", b"[]", b'"x"', b"5", b"null", b"\xff\xfe", b'{"a": "\xff"}', b"{} {}"]:
            with self.subTest(body):
                self.assertEqual(error(body), (400, FRAMEWORK + "SerializationException", None))

    def test_members_of_a_wrong_type_are_named(self):
        for body, message in [
            ({"TableName": 5}, "NUMBER_VALUE cannot be converted to String"),
            ({"TableName": 5.5}, "DECIMAL_VALUE cannot be converted to String"),
            ({"TableName": True}, "TRUE_VALUE cannot be converted to String"),
            ({"TableName": []}, "Unrecognized collection type class java.lang.String"),
            ({"TableName": {}}, "Start of structure or map found where not expected"),
            ({"Limit": "1"}, "STRING_VALUE cannot be converted to Integer"),
            ({"ConsistentRead": "maybe"}, "Unexpected token received from parser"),
            ({"ExclusiveStartKey": "x"}, "Unexpected field type"),
            ({"ExclusiveStartKey": {"a": 5}}, "Unexpected value type in payload"),
            ({"ExclusiveStartKey": {"a": {"S": 5}}}, "NUMBER_VALUE cannot be converted to String"),
            ({"ExclusiveStartKey": {"a": {"B": 5}}}, "only base-64-encoded strings are convertible to bytes"),
            (
                {"ExclusiveStartKey": {"a": {"B": "abcde"}}},
                "Base64 encoded length is expected a multiple of 4 bytes but found: 5",
            ),
        ]:
            with self.subTest(message):
                self.assertEqual(error(body), (400, FRAMEWORK + "SerializationException", message))

    def test_missing_and_unknown_values_are_reported_together(self):
        status, kind, message = error({"ReturnConsumedCapacity": "SOME"})
        self.assertEqual((status, kind), (400, VALIDATION))
        self.assertEqual(
            message,
            "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be "
            "null; Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum "
            "value set: [INDEXES, TOTAL, NONE]",
        )

    def test_members_that_are_null_or_unknown_are_ignored_and_the_last_of_two_counts(self):
        body = b'{"TableName": "abc", "TableName": "no-such-table", "IndexName": null, "Unknown": [1, {}]}'
        self.assertEqual(error(body)[1:], ("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
                                           "Requested resource not found"))

    def test_deep_and_large_bodies_are_refused(self):
        for levels in [100, 100_000]:
            deep = '{"TableName": "abc", "Item": {"a": ' + '{"L": [' * levels + "]}" * levels + "}}"
            self.assertEqual(error(deep.encode(), "PutItem")[0], 400)
        large = b'{"TableName": "' + b"x" * (30 << 20) + b'"}'
        try:
            status = request(large)[0]
        except (BrokenPipeError, ConnectionResetError):
            # The server may close the connection before it has read the whole body.
            status = 413
        self.assertEqual(status, 413)
        self.assertEqual(request("{}")[0], 200, "the server goes on")
