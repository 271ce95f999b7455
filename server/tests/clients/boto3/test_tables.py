"""Tables: creation, description, updates, settings, waiters."""

from support import TestCase, table_name


class Tables(TestCase):
    def test_a_description_has_what_clients_read(self):
        name = self.create()
        table = self.client.describe_table(TableName=name)["Table"]
        self.assertEqual(table["TableStatus"], "ACTIVE")
        self.assertEqual(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")
        self.assertEqual([key["KeyType"] for key in table["KeySchema"]], ["HASH", "RANGE"])
        self.assertRegex(table["TableArn"], rf"^arn:aws:dynamodb:[a-z0-9-]+:\d{{12}}:table/{name}$")
        self.assertRegex(table["TableId"], r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        self.assertEqual(table["ItemCount"], 0)
        self.assertEqual(table["CreationDateTime"].tzinfo is not None, True)

    def test_the_arn_of_a_table_is_its_name_too(self):
        name = self.create()
        arn = self.client.describe_table(TableName=name)["Table"]["TableArn"]
        self.client.put_item(TableName=arn, Item={"h": {"S": "a"}, "r": {"N": "1"}})
        self.assertEqual(self.client.scan(TableName=name)["Count"], 1)

    def test_indexes_are_created_with_a_table_and_later(self):
        index = {
            "IndexName": "by_kind",
            "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["n"]},
        }
        definitions = [
            {"AttributeName": "h", "AttributeType": "S"},
            {"AttributeName": "r", "AttributeType": "N"},
            {"AttributeName": "kind", "AttributeType": "S"},
        ]
        local = {
            "IndexName": "local",
            "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "kind", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
        name = self.create(
            AttributeDefinitions=definitions, GlobalSecondaryIndexes=[index], LocalSecondaryIndexes=[local]
        )
        table = self.client.describe_table(TableName=name)["Table"]
        self.assertEqual(table["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE")
        self.assertEqual(table["GlobalSecondaryIndexes"][0]["Projection"]["NonKeyAttributes"], ["n"])
        self.assertTrue(table["LocalSecondaryIndexes"][0]["IndexArn"].endswith("/index/local"))
        create = {**index, "IndexName": "second"}
        self.client.update_table(
            TableName=name, AttributeDefinitions=definitions[2:], GlobalSecondaryIndexUpdates=[{"Create": create}]
        )
        self.client.update_table(TableName=name, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by_kind"}}])
        table = self.client.describe_table(TableName=name)["Table"]
        self.assertEqual([index["IndexName"] for index in table["GlobalSecondaryIndexes"]], ["second"])

    def test_tables_are_listed_in_pages(self):
        names = sorted(self.create() for _ in range(3))
        paginator = self.client.get_paginator("list_tables")
        listed = [name for page in paginator.paginate(PaginationConfig={"PageSize": 1}) for name in page["TableNames"]]
        self.assertEqual([name for name in listed if name in names], names)

    def test_billing_changes_to_provisioned_and_back(self):
        name = self.create()
        throughput = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}
        self.client.update_table(TableName=name, BillingMode="PROVISIONED", ProvisionedThroughput=throughput)
        described = self.client.describe_table(TableName=name)["Table"]["ProvisionedThroughput"]
        self.assertEqual((described["ReadCapacityUnits"], described["WriteCapacityUnits"]), (5, 6))
        self.client.update_table(TableName=name, BillingMode="PAY_PER_REQUEST")
        table = self.client.describe_table(TableName=name)["Table"]
        self.assertEqual(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")

    def test_deletion_protection_refuses_deletion(self):
        name = self.create(DeletionProtectionEnabled=True)
        response = self.assert_error("ValidationException", self.client.delete_table, TableName=name)
        self.assertIn("protected against deletion", response["Error"]["Message"])
        self.client.update_table(TableName=name, DeletionProtectionEnabled=False)
        self.delete(name)
        self.client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 5})

    def test_tags_are_set_listed_and_removed(self):
        name = self.create(Tags=[{"Key": "team", "Value": "weather"}])
        arn = self.client.describe_table(TableName=name)["Table"]["TableArn"]
        self.client.tag_resource(ResourceArn=arn, Tags=[{"Key": "stage", "Value": "test"}])
        self.client.untag_resource(ResourceArn=arn, TagKeys=["team"])
        tags = self.client.list_tags_of_resource(ResourceArn=arn)["Tags"]
        self.assertEqual(tags, [{"Key": "stage", "Value": "test"}])

    def test_time_to_live_is_enabled_and_described(self):
        name = self.create()
        specification = {"Enabled": True, "AttributeName": "expires"}
        response = self.client.update_time_to_live(TableName=name, TimeToLiveSpecification=specification)
        self.assertEqual(response["TimeToLiveSpecification"], specification)
        described = self.client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        self.assertEqual(described, {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})

    def test_point_in_time_recovery_limits_and_endpoints_are_described(self):
        name = self.create()
        self.client.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        backups = self.client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        self.assertEqual(backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"], "ENABLED")
        self.assertGreater(self.client.describe_limits()["AccountMaxReadCapacityUnits"], 0)
        self.assertEqual(len(self.client.describe_endpoints()["Endpoints"]), 1)

    def test_policies_of_tables_have_revisions(self):
        name = self.create()
        arn = self.client.describe_table(TableName=name)["Table"]["TableArn"]
        policy = '{"Version":"2012-10-17","Statement":[]}'
        revision = self.client.put_resource_policy(ResourceArn=arn, Policy=policy)["RevisionId"]
        self.assertEqual(self.client.get_resource_policy(ResourceArn=arn)["RevisionId"], revision)
        self.client.delete_resource_policy(ResourceArn=arn)
        self.assert_error("PolicyNotFoundException", self.client.get_resource_policy, ResourceArn=arn)

    def test_errors_of_tables_are_exceptions_of_the_client(self):
        name = self.create()
        definitions = [{"AttributeName": "h", "AttributeType": "S"}]
        key = [{"AttributeName": "h", "KeyType": "HASH"}]
        with self.assertRaises(self.client.exceptions.ResourceInUseException):
            self.client.create_table(
                TableName=name, AttributeDefinitions=definitions, KeySchema=key, BillingMode="PAY_PER_REQUEST"
            )
        with self.assertRaises(self.client.exceptions.ResourceNotFoundException):
            self.client.describe_table(TableName=table_name())
        response = self.assert_error(
            "ValidationException",
            self.client.create_table,
            TableName=table_name(),
            AttributeDefinitions=definitions,
            KeySchema=[{"AttributeName": "x", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.assertIn("Keys: [x], AttributeDefinitions: [h]", response["Error"]["Message"])
