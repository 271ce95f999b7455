"""Items: types, writes, conditions, batches, transactions, consumed capacity."""

from decimal import Decimal

from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary

from support import TestCase


class Items(TestCase):
    def test_values_of_all_types_are_returned_as_they_were_written(self):
        table = self.resource.Table(self.create())
        item = {
            "h": "ключ",
            "r": Decimal("1"),
            "digits": Decimal("12345678901234567890123456789012345678"),
            "small": Decimal("-1E-130"),
            "empty": "",
            "binary": Binary(b"\x00\xff"),
            "flag": True,
            "nothing": None,
            "list": [1, "two", [Binary(b"3")], {"four": Decimal("4.5")}],
            "map": {"a": {"b": {"c": "deep"}}},
            "texts": {"a", "b"},
            "numbers": {1, Decimal("2.5")},
            "binaries": {b"x", b"y"},
        }
        table.put_item(Item=item)
        stored = table.get_item(Key={"h": "ключ", "r": 1})["Item"]
        self.assertEqual(stored, {**item, "binaries": {Binary(b"x"), Binary(b"y")}})

    def test_a_missing_item_is_no_item(self):
        table = self.resource.Table(self.create())
        self.assertNotIn("Item", table.get_item(Key={"h": "a", "r": 1}))

    def test_writes_return_the_values_that_they_are_asked_for(self):
        table = self.resource.Table(self.create())
        table.put_item(Item={"h": "a", "r": 1, "n": 1, "other": "x"})
        old = table.put_item(Item={"h": "a", "r": 1, "n": 2}, ReturnValues="ALL_OLD")["Attributes"]
        self.assertEqual(old["other"], "x")
        returned = {
            values: table.update_item(
                Key={"h": "a", "r": 1},
                UpdateExpression="ADD n :one",
                ExpressionAttributeValues={":one": 1},
                ReturnValues=values,
            ).get("Attributes")
            for values in ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"]
        }
        self.assertEqual(
            returned,
            {
                "NONE": None,
                "ALL_OLD": {"h": "a", "r": 1, "n": 3},
                "UPDATED_OLD": {"n": 4},
                "ALL_NEW": {"h": "a", "r": 1, "n": 6},
                "UPDATED_NEW": {"n": 7},
            },
        )
        deleted = table.delete_item(Key={"h": "a", "r": 1}, ReturnValues="ALL_OLD")["Attributes"]
        self.assertEqual(deleted["n"], 7)

    def test_update_expressions_change_nested_attributes(self):
        table = self.resource.Table(self.create())
        table.put_item(Item={"h": "a", "r": 1, "list": [1, 2, 3], "map": {"a": 1}, "texts": {"x", "y"}})
        table.update_item(
            Key={"h": "a", "r": 1},
            UpdateExpression="SET #m.b = if_not_exists(#m.b, :n), #l = list_append(#l, :more) REMOVE #m.a DELETE texts :x",
            ExpressionAttributeNames={"#m": "map", "#l": "list"},
            ExpressionAttributeValues={":n": 5, ":more": [4], ":x": {"x"}},
        )
        item = table.get_item(Key={"h": "a", "r": 1})["Item"]
        self.assertEqual((item["map"], item["list"], item["texts"]), ({"b": 5}, [1, 2, 3, 4], {"y"}))

    def test_a_failed_condition_is_an_exception_with_the_item(self):
        name = self.create()
        table = self.resource.Table(name)
        table.put_item(Item={"h": "a", "r": 1, "n": 1})
        with self.assertRaises(self.client.exceptions.ConditionalCheckFailedException):
            table.put_item(Item={"h": "a", "r": 1}, ConditionExpression=Attr("h").not_exists())
        with self.assertRaises(self.resource.meta.client.exceptions.ConditionalCheckFailedException) as raised:
            self.resource.meta.client.delete_item(
                TableName=name,
                Key={"h": "a", "r": 1},
                ConditionExpression=Attr("n").gt(5),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        self.assertEqual(raised.exception.response["Error"]["Message"], "The conditional request failed")
        self.assertEqual(raised.exception.response["Item"], {"h": {"S": "a"}, "r": {"N": "1"}, "n": {"N": "1"}})
        table.update_item(
            Key={"h": "a", "r": 1},
            UpdateExpression="SET n = :n",
            ConditionExpression=Attr("n").between(0, 2) & (Attr("missing").not_exists() | Attr("h").begins_with("b")),
            ExpressionAttributeValues={":n": 9},
        )
        self.assertEqual(table.get_item(Key={"h": "a", "r": 1})["Item"]["n"], 9)

    def test_batches_write_and_read_items_of_several_tables(self):
        one, two = self.create(), self.create()
        self.fill(one, 60)
        self.fill(two, 3)
        keys = [{"h": {"S": "a"}, "r": {"N": str(r)}} for r in range(50)]
        response = self.client.batch_get_item(
            RequestItems={
                one: {"Keys": keys, "ConsistentRead": True},
                two: {"Keys": keys[:5], "ProjectionExpression": "#n", "ExpressionAttributeNames": {"#n": "n"}},
            },
            ReturnConsumedCapacity="TOTAL",
        )
        self.assertEqual((len(response["Responses"][one]), len(response["Responses"][two])), (50, 3))
        self.assertEqual(response["UnprocessedKeys"], {})
        self.assertEqual(sorted(consumed["TableName"] for consumed in response["ConsumedCapacity"]), sorted([one, two]))
        self.assertEqual(set(response["Responses"][two][0]), {"n"})
        response = self.assert_error(
            "ValidationException", self.client.batch_get_item, RequestItems={one: {"Keys": [keys[0], keys[0]]}}
        )
        self.assertEqual(response["Error"]["Message"], "Provided list of item keys contains duplicates")

    def test_transactions_write_all_or_nothing(self):
        name = self.create()
        self.fill(name, 2)
        key = {"h": {"S": "a"}, "r": {"N": "0"}}
        items = [
            {"Put": {"TableName": name, "Item": {"h": {"S": "b"}, "r": {"N": "1"}}}},
            {
                "Update": {
                    "TableName": name,
                    "Key": key,
                    "UpdateExpression": "SET n = n + :n",
                    "ExpressionAttributeValues": {":n": {"N": "5"}},
                }
            },
            {"Delete": {"TableName": name, "Key": {"h": {"S": "a"}, "r": {"N": "1"}}}},
            {
                "ConditionCheck": {
                    "TableName": name,
                    "Key": {"h": {"S": "c"}, "r": {"N": "1"}},
                    "ConditionExpression": "attribute_not_exists(h)",
                }
            },
        ]
        for _ in range(2):
            self.client.transact_write_items(TransactItems=items, ClientRequestToken="token-" + name[-20:])
        read = self.client.transact_get_items(TransactItems=[{"Get": {"TableName": name, "Key": key}}])
        self.assertEqual(read["Responses"][0]["Item"]["n"], {"N": "5"})
        with self.assertRaises(self.client.exceptions.IdempotentParameterMismatchException):
            self.client.transact_write_items(TransactItems=items[:1], ClientRequestToken="token-" + name[-20:])

    def test_a_cancelled_transaction_has_a_reason_for_each_action(self):
        name = self.create()
        self.fill(name, 1)
        put = {"TableName": name, "Item": {"h": {"S": "a"}, "r": {"N": "0"}}}
        items = [
            {"Put": {"TableName": name, "Item": {"h": {"S": "b"}, "r": {"N": "1"}}}},
            {
                "Put": {
                    **put,
                    "ConditionExpression": "attribute_not_exists(h)",
                    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                }
            },
        ]
        with self.assertRaises(self.client.exceptions.TransactionCanceledException) as raised:
            self.client.transact_write_items(TransactItems=items)
        reasons = raised.exception.response["CancellationReasons"]
        self.assertEqual([reason["Code"] for reason in reasons], ["None", "ConditionalCheckFailed"])
        self.assertEqual(reasons[1]["Item"]["n"], {"N": "0"})
        self.assertEqual(self.client.scan(TableName=name)["Count"], 1)

    def test_consumed_capacity_is_reported_by_table_and_index(self):
        definitions = [
            {"AttributeName": "h", "AttributeType": "S"},
            {"AttributeName": "r", "AttributeType": "N"},
            {"AttributeName": "kind", "AttributeType": "S"},
        ]
        index = {
            "IndexName": "kinds",
            "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }
        name = self.create(AttributeDefinitions=definitions, GlobalSecondaryIndexes=[index])
        response = self.client.put_item(
            TableName=name,
            Item={"h": {"S": "a"}, "r": {"N": "1"}, "kind": {"S": "x"}, "filler": {"S": "x" * 1500}},
            ReturnConsumedCapacity="INDEXES",
        )
        consumed = response["ConsumedCapacity"]
        self.assertEqual(consumed["CapacityUnits"], 4.0)
        self.assertEqual(consumed["Table"]["CapacityUnits"], 2.0)
        self.assertEqual(consumed["GlobalSecondaryIndexes"]["kinds"]["CapacityUnits"], 2.0)

    def test_invalid_values_and_keys_are_refused_in_the_words_of_the_service(self):
        name = self.create()
        for item, message in [
            ({"h": {"S": "a"}}, "Missing the key r in the item"),
            ({"h": {"N": "1"}, "r": {"N": "1"}}, "Type mismatch for key h expected: S actual: N"),
            ({"h": {"S": ""}, "r": {"N": "1"}}, "empty string value"),
            ({"h": {"S": "a"}, "r": {"N": "x"}}, "The parameter cannot be converted to a numeric value: x"),
            ({"h": {"S": "a"}, "r": {"N": "1"}, "s": {"SS": []}}, "An string set  may not be empty"),
            ({"h": {"S": "a"}, "r": {"N": "1"}, "s": {"SS": ["x", "x"]}}, "[x, x] contains duplicates"),
            ({"h": {"S": "a"}, "r": {"N": "1"}, "s": {"S": "x" * 409_600}}, "Item size has exceeded"),
        ]:
            with self.subTest(message):
                response = self.assert_error("ValidationException", self.client.put_item, TableName=name, Item=item)
                self.assertIn(message, response["Error"]["Message"])
        self.assertEqual(self.resource.Table(name).query(KeyConditionExpression=Key("h").eq("a"))["Count"], 0)
