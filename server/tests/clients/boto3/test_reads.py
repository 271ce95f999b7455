"""Queries, scans, pages and streams."""

from boto3.dynamodb.conditions import Attr, Key

from support import TestCase

KINDS = {
    "AttributeDefinitions": [
        {"AttributeName": "h", "AttributeType": "S"},
        {"AttributeName": "r", "AttributeType": "N"},
        {"AttributeName": "kind", "AttributeType": "S"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "kinds",
            "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
}


class Reads(TestCase):
    def test_queries_select_ranges_in_both_directions(self):
        name = self.create()
        self.fill(name, 10)
        table = self.resource.Table(name)

        def ranges(condition, **options):
            return [int(item["r"]) for item in table.query(KeyConditionExpression=condition, **options)["Items"]]

        key = Key("h").eq("a")
        self.assertEqual(ranges(key), list(range(10)))
        self.assertEqual(ranges(key, ScanIndexForward=False, Limit=2), [9, 8])
        self.assertEqual(ranges(key & Key("r").eq(3)), [3])
        self.assertEqual(ranges(key & Key("r").between(3, 5)), [3, 4, 5])
        self.assertEqual(ranges(key & Key("r").gte(8)), [8, 9])
        self.assertEqual(ranges(key, FilterExpression=Attr("kind").eq("odd")), [1, 3, 5, 7, 9])
        self.assertEqual(ranges(Key("h").eq("other")), [])

    def test_pages_continue_where_the_last_one_ended(self):
        name = self.create()
        self.fill(name, 25)
        pages = self.client.get_paginator("query").paginate(
            TableName=name,
            KeyConditionExpression="h = :h",
            ExpressionAttributeValues={":h": {"S": "a"}},
            PaginationConfig={"PageSize": 10},
        )
        self.assertEqual([page["Count"] for page in pages], [10, 10, 5])
        filler = {"S": "x" * 300_000}
        for r in range(5):
            self.client.put_item(TableName=name, Item={"h": {"S": "big"}, "r": {"N": str(r)}, "filler": filler})
        page = self.client.query(
            TableName=name, KeyConditionExpression="h = :h", ExpressionAttributeValues={":h": {"S": "big"}}
        )
        self.assertIn("LastEvaluatedKey", page, "a page has at most 1 MB")
        self.assertLess(page["Count"], 5)

    def test_indexes_are_queried_by_their_keys(self):
        name = self.create(**KINDS)
        self.fill(name, 6)
        table = self.resource.Table(name)
        page = table.query(IndexName="kinds", KeyConditionExpression=Key("kind").eq("even") & Key("r").lt(4))
        self.assertEqual([item["r"] for item in page["Items"]], [0, 2])
        self.assertEqual(set(page["Items"][0]), {"h", "r", "kind"})
        response = self.assert_error(
            "ValidationException",
            table.query,
            IndexName="kinds",
            KeyConditionExpression=Key("kind").eq("even"),
            ConsistentRead=True,
        )
        self.assertEqual(
            response["Error"]["Message"], "Consistent reads are not supported on global secondary indexes"
        )

    def test_a_count_has_no_items(self):
        name = self.create()
        self.fill(name, 4)
        page = self.client.scan(TableName=name, Select="COUNT", FilterExpression="kind = :k",
                                ExpressionAttributeValues={":k": {"S": "odd"}})
        self.assertNotIn("Items", page)
        self.assertEqual((page["Count"], page["ScannedCount"]), (2, 4))

    def test_segments_of_a_scan_hold_each_item_once(self):
        name = self.create()
        for h in "abcdefgh":
            self.fill(name, 3, h)
        seen = []
        for segment in range(4):
            for page in self.client.get_paginator("scan").paginate(TableName=name, Segment=segment, TotalSegments=4):
                seen += [(item["h"]["S"], item["r"]["N"]) for item in page["Items"]]
        self.assertEqual((len(seen), len(set(seen))), (24, 24))

    def test_projections_select_nested_attributes(self):
        name = self.create()
        table = self.resource.Table(name)
        table.put_item(Item={"h": "a", "r": 1, "map": {"a": 1, "b": [1, 2, {"c": 3}]}, "name": "x"})
        page = table.scan(ProjectionExpression="#m.b[2].c, #n", ExpressionAttributeNames={"#m": "map", "#n": "name"})
        self.assertEqual(page["Items"], [{"map": {"b": [{"c": 3}]}, "name": "x"}])

    def test_streams_have_the_changes_of_items_in_order(self):
        name = self.create(StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
        table = self.resource.Table(name)
        table.put_item(Item={"h": "a", "r": 1, "n": 1})
        table.put_item(Item={"h": "a", "r": 1, "n": 2})
        table.delete_item(Key={"h": "a", "r": 1})
        arn = self.client.describe_table(TableName=name)["Table"]["LatestStreamArn"]
        self.assertEqual([stream["StreamArn"] for stream in self.streams.list_streams(TableName=name)["Streams"]], [arn])
        stream = self.streams.describe_stream(StreamArn=arn)["StreamDescription"]
        iterator = self.streams.get_shard_iterator(
            StreamArn=arn, ShardId=stream["Shards"][0]["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        records = self.streams.get_records(ShardIterator=iterator)["Records"]
        self.assertEqual([record["eventName"] for record in records], ["INSERT", "MODIFY", "REMOVE"])
        self.assertEqual(records[1]["dynamodb"]["OldImage"]["n"], {"N": "1"})
        self.assertEqual(records[1]["dynamodb"]["NewImage"]["n"], {"N": "2"})
        self.assertEqual((records[0]["eventSource"], records[0]["eventVersion"]), ("aws:dynamodb", "1.1"))
