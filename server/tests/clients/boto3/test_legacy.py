"""Legacy parameters, which expressions have replaced."""

from support import TestCase


class Legacy(TestCase):
    def setUp(self):
        self.name = self.create()
        self.fill(self.name, 4)

    def key(self, r):
        return {"TableName": self.name, "Key": {"h": {"S": "a"}, "r": {"N": str(r)}}}

    def ranges(self, **parameters):
        page = self.client.query(
            TableName=self.name,
            KeyConditions={"h": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]}, **parameters.pop("keys", {})},
            **parameters,
        )
        return [int(item["r"]["N"]) for item in page["Items"]]

    def test_key_conditions_select_ranges(self):
        self.assertEqual(self.ranges(), [0, 1, 2, 3])
        for operator, values, expected in [
            ("EQ", ["2"], [2]),
            ("LT", ["2"], [0, 1]),
            ("LE", ["2"], [0, 1, 2]),
            ("GT", ["2"], [3]),
            ("GE", ["2"], [2, 3]),
            ("BETWEEN", ["1", "2"], [1, 2]),
        ]:
            with self.subTest(operator):
                condition = {"ComparisonOperator": operator, "AttributeValueList": [{"N": value} for value in values]}
                self.assertEqual(self.ranges(keys={"r": condition}), expected)

    def test_query_filters_are_joined_by_the_operator(self):
        odd = {"kind": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "odd"}]}}
        large = {"n": {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "10"}]}}
        self.assertEqual(self.ranges(QueryFilter=odd), [1, 3])
        self.assertEqual(self.ranges(QueryFilter={**odd, **large}), [3])
        self.assertEqual(self.ranges(QueryFilter={**odd, **large}, ConditionalOperator="OR"), [1, 2, 3])
        response = self.assert_error(
            "ValidationException", self.ranges, QueryFilter=odd, ConditionalOperator="OR"
        )
        self.assertIn("two or more elements", response["Error"]["Message"])

    def test_query_filters_on_keys_are_refused(self):
        of_key = {"r": {"ComparisonOperator": "EQ", "AttributeValueList": [{"N": "1"}]}}
        response = self.assert_error("ValidationException", self.ranges, QueryFilter=of_key)
        self.assertEqual(
            response["Error"]["Message"],
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: r",
        )

    def test_scan_filters_know_all_operators(self):
        for attribute, operator, values, count in [
            ("kind", "NE", [{"S": "odd"}], 2),
            ("kind", "IN", [{"S": "odd"}, {"S": "x"}], 2),
            ("kind", "BEGINS_WITH", [{"S": "o"}], 2),
            ("kind", "CONTAINS", [{"S": "d"}], 2),
            ("kind", "NOT_CONTAINS", [{"S": "d"}], 2),
            ("missing", "NULL", [], 4),
            ("missing", "NOT_NULL", [], 0),
            ("missing", "NOT_CONTAINS", [{"S": "d"}], 0),
            ("n", "BETWEEN", [{"N": "5"}, {"N": "20"}], 2),
        ]:
            with self.subTest(operator):
                condition = {"ComparisonOperator": operator, "AttributeValueList": values}
                page = self.client.scan(TableName=self.name, ScanFilter={attribute: condition}, Select="COUNT")
                self.assertEqual(page["Count"], count)

    def test_attributes_to_get_are_a_projection(self):
        item = self.client.get_item(**self.key(1), AttributesToGet=["n", "missing"])["Item"]
        self.assertEqual(item, {"n": {"N": "10"}})

    def test_expected_values_are_conditions_of_writes(self):
        item = {"h": {"S": "a"}, "r": {"N": "1"}, "n": {"N": "99"}}
        put = {"TableName": self.name, "Item": item}
        failed = self.client.exceptions.ConditionalCheckFailedException
        with self.assertRaises(failed):
            self.client.put_item(**put, Expected={"h": {"Exists": False}})
        with self.assertRaises(failed):
            self.client.put_item(**put, Expected={"n": {"Value": {"N": "11"}}})
        with self.assertRaises(failed):
            comparison = {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "10"}]}
            self.client.delete_item(**self.key(1), Expected={"n": comparison})
        self.client.put_item(**put, Expected={"n": {"Value": {"N": "10"}}, "kind": {"Value": {"S": "odd"}}})
        response = self.assert_error(
            "ValidationException", self.client.put_item, **put, Expected={"n": {"Exists": True}}
        )
        self.assertIn("Value must be provided when Exists is true for Attribute: n", response["Error"]["Message"])

    def test_attribute_updates_put_add_and_delete(self):
        self.client.update_item(
            **self.key(1),
            AttributeUpdates={
                "n": {"Action": "ADD", "Value": {"N": "5"}},
                "kind": {"Action": "DELETE"},
                "texts": {"Value": {"SS": ["a", "b"]}},
                "list": {"Action": "ADD", "Value": {"L": [{"S": "x"}]}},
            },
        )
        response = self.client.update_item(
            **self.key(1),
            AttributeUpdates={
                "texts": {"Action": "DELETE", "Value": {"SS": ["a"]}},
                "list": {"Action": "ADD", "Value": {"L": [{"S": "y"}]}},
            },
            ReturnValues="ALL_NEW",
        )
        self.assertEqual(
            response["Attributes"],
            {
                "h": {"S": "a"},
                "r": {"N": "1"},
                "n": {"N": "15"},
                "texts": {"SS": ["b"]},
                "list": {"L": [{"S": "x"}, {"S": "y"}]},
            },
        )

    def test_expressions_and_legacy_parameters_do_not_mix(self):
        response = self.assert_error(
            "ValidationException",
            self.client.get_item,
            **self.key(1),
            AttributesToGet=["n"],
            ProjectionExpression="n",
        )
        self.assertEqual(
            response["Error"]["Message"],
            "Can not use both expression and non-expression parameters in the same request: "
            "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}",
        )
