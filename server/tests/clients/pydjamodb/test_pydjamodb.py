"""The behaviours of pydjamodb's querysets, under Django, and the form of the items that it writes."""

import os
import unittest
import uuid
from datetime import datetime, timezone

import django
from django.conf import settings

settings.configure(
    PYDJAMODB_DATABASE={
        "HOST": os.environ["DJAMODB_SERVER_URL"],
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "djamodb",
        "AWS_SECRET_ACCESS_KEY": "djamodb",
        "TABLE_PREFIX": f"pydjamodb-{uuid.uuid4().hex[:8]}",
        "BILLING_MODE": "PAY_PER_REQUEST",
    },
    USE_TZ=True,
)
django.setup()

from pydjamodb.models import DynamoModel  # noqa: E402
from pydjamodb.queryset import (  # noqa: E402
    DynamoDBManager,
    DynamoDBQuerySetError,
    FieldDoesNotExists,
    InvalidOperator,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
)
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute  # noqa: E402
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex  # noqa: E402


class ByKind(GlobalSecondaryIndex):
    class Meta:
        index_name = "by_kind"
        projection = AllProjection()

    kind = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class Event(DynamoModel):
    class Meta:
        table_name = "events"

    room = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)
    kind = UnicodeAttribute()
    note = UnicodeAttribute(null=True)
    seen = UTCDateTimeAttribute(null=True)

    by_kind = ByKind()
    kinds = DynamoDBManager(by_kind)


def times(events):
    return [int(event.at) for event in events]


class Behaviours(unittest.TestCase):
    def setUp(self):
        Event.create_table(wait=True)
        self.addCleanup(Event.delete_table)
        for at in range(6):
            Event("a", at * 10, kind="door" if at % 3 == 0 else "window").save()
        self.events = Event.objects.set_hash_key("a")
        self.others = Event.objects.set_hash_key("b")

    def test_first_returns_the_least_range_key(self):
        self.assertEqual(self.events.first().at, 0)
        self.assertIsNone(self.others.first())

    def test_last_returns_the_greatest_range_key(self):
        self.assertEqual(self.events.last().at, 50)
        self.assertIsNone(self.others.last())

    def test_first_of_an_index_returns_the_least_range_key_of_the_index(self):
        self.assertEqual(Event.kinds.set_hash_key("window").first().at, 10)
        self.assertEqual(Event.objects.set_index(Event.by_kind).set_hash_key("door").first().at, 0)

    def test_last_of_an_index_returns_the_greatest_range_key_of_the_index(self):
        self.assertEqual(Event.kinds.set_hash_key("window").last().at, 50)
        self.assertEqual(Event.objects.set_index(Event.by_kind).set_hash_key("door").last().at, 30)

    def test_scan_index_forward_reverses_the_order_and_last_reverses_it_again(self):
        backwards = self.events.set_scan_index_forward(False)
        self.assertEqual(times(backwards), [50, 40, 30, 20, 10, 0])
        self.assertEqual((backwards.first().at, backwards.last().at), (50, 0))

    def test_count_counts_matching_items_up_to_the_limit(self):
        self.assertEqual(self.events.count(), 6)
        self.assertEqual(self.events.set_limit(4).count(), 4)
        self.assertEqual(self.events.filter(at__lt=30).count(), 3)
        self.assertEqual(self.others.count(), 0)

    def test_none_is_empty(self):
        self.assertEqual((list(self.events.none()), self.events.none().count()), ([], 0))

    def test_limited_pages_continue_each_other(self):
        page = self.events.set_limit(4)
        self.assertEqual(times(page), [0, 10, 20, 30])
        rest = page.set_last_evaluated_key(page.next_key)
        self.assertEqual(times(rest), [40, 50])
        self.assertIsNone(rest.next_key)

    def test_a_missing_hash_key_is_an_error(self):
        with self.assertRaises(DynamoDBQuerySetError):
            list(Event.objects.filter(at=0))

    def test_filters_compare_range_keys(self):
        for lookup, value, expected in [
            ("at", 20, [20]),
            ("at__lt", 20, [0, 10]),
            ("at__lte", 20, [0, 10, 20]),
            ("at__gt", 30, [40, 50]),
            ("at__gte", 30, [30, 40, 50]),
            ("at__between", (10, 30), [10, 20, 30]),
            ("at__between", (30, 10), []),
        ]:
            with self.subTest(lookup):
                self.assertEqual(times(self.events.filter(**{lookup: value})), expected)
        with self.assertRaises(FieldDoesNotExists):
            self.events.filter(colour="red")
        with self.assertRaises(InvalidOperator):
            self.events.filter(at__like=1)

    def test_exists_is_true_if_an_item_matches(self):
        self.assertTrue(self.events.exists())
        self.assertFalse(self.others.exists())

    def test_get_returns_the_only_item_or_an_error(self):
        self.assertEqual(self.events.get(at=10).kind, "window")
        with self.assertRaises(MultipleObjectsReturned):
            self.events.get()
        with self.assertRaises(ObjectDoesNotExist):
            self.others.get()

    def test_delete_deletes_the_matching_items(self):
        self.events.filter(at__gte=20).delete()
        self.assertEqual(times(self.events), [0, 10])

    def test_items_have_the_form_that_other_services_read(self):
        seen = datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=timezone.utc)
        Event("form", 1, kind="door", seen=seen).save()
        connection = Event._get_connection()
        item = connection.get_item("form", "1")["Item"]
        self.assertEqual(
            item,
            {
                "room": {"S": "form"},
                "at": {"N": "1"},
                "kind": {"S": "door"},
                "seen": {"S": "2026-01-02T03:04:05.678000+0000"},
            },
        )
