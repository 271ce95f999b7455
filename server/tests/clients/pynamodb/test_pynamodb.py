"""PynamoDB: models, indexes, batches, transactions, versions, expiry, discriminators."""

import unittest
from datetime import datetime, timedelta, timezone

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    NumberSetAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.connection import Connection
from pynamodb.exceptions import DeleteError, PutError, TransactWriteError
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection, LocalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactGet, TransactWrite

import support


class Kinds(GlobalSecondaryIndex):
    class Meta:
        index_name = "kinds"
        projection = AllProjection()

    kind = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class ByScore(LocalSecondaryIndex):
    class Meta:
        index_name = "by_score"
        projection = KeysOnlyProjection()

    visitor = UnicodeAttribute(hash_key=True)
    score = NumberAttribute(range_key=True)


class Address(MapAttribute):
    street = UnicodeAttribute()
    number = NumberAttribute(null=True)


class Visit(Model):
    class Meta(support.Meta):
        table_name = f"pynamodb-{support.RUN}-visits"

    visitor = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)
    kind = UnicodeAttribute(default="page")
    score = NumberAttribute(default=0)
    flag = BooleanAttribute(null=True)
    digest = BinaryAttribute(null=True, legacy_encoding=False)
    tags = UnicodeSetAttribute(null=True)
    counts = NumberSetAttribute(null=True)
    extra = JSONAttribute(null=True)
    seen = UTCDateTimeAttribute(null=True)
    address = Address(null=True)
    history = ListAttribute(null=True)
    expires = TTLAttribute(null=True)
    kinds = Kinds()
    by_score = ByScore()


class Counter(Model):
    class Meta(support.Meta):
        table_name = f"pynamodb-{support.RUN}-counters"

    name = UnicodeAttribute(hash_key=True)
    value = NumberAttribute(default=0)
    version = VersionAttribute()


class Animal(Model):
    class Meta(support.Meta):
        table_name = f"pynamodb-{support.RUN}-animals"

    name = UnicodeAttribute(hash_key=True)
    cls = DiscriminatorAttribute()


class Cat(Animal, discriminator="cat"):
    lives = NumberAttribute(default=9)


class Dog(Animal, discriminator="dog"):
    breed = UnicodeAttribute(null=True)


MODELS = [Visit, Counter, Animal]


def setUpModule():
    for model in MODELS:
        model.create_table(wait=True)


def tearDownModule():
    for model in MODELS:
        model.delete_table()


class Models(unittest.TestCase):
    def test_an_item_of_all_types_is_read_as_it_was_saved(self):
        saved = Visit(
            "types",
            1,
            flag=True,
            digest=b"\x00\xff",
            tags={"a", "b"},
            counts={1, 2},
            extra={"x": [1, 2]},
            seen=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
            address=Address(street="Main", number=5),
            history=["a", 1, {"b": 2}],
            expires=timedelta(days=1),
        )
        saved.save()
        read = Visit.get("types", 1, consistent_read=True)
        self.assertEqual(read.attribute_values.keys(), saved.attribute_values.keys())
        self.assertEqual((read.digest, read.tags, read.counts, read.extra), (b"\x00\xff", {"a", "b"}, {1, 2}, {"x": [1, 2]}))
        self.assertEqual((read.seen, read.address.number, read.history), (saved.seen, 5, ["a", 1, {"b": 2}]))
        self.assertEqual(read.expires.tzinfo, timezone.utc)

    def test_a_missing_item_is_an_exception_of_the_model(self):
        with self.assertRaises(Visit.DoesNotExist):
            Visit.get("missing", 1)

    def test_queries_filter_order_limit_and_continue(self):
        with Visit.batch_write() as batch:
            for at in range(30):
                batch.save(Visit("queries", at, kind="even" if at % 2 == 0 else "odd", score=-at))
        self.assertEqual(Visit.count("queries"), 30)
        found = Visit.query("queries", Visit.at.between(3, 9), filter_condition=Visit.kind == "odd")
        self.assertEqual([visit.at for visit in found], [3, 5, 7, 9])
        self.assertEqual([visit.at for visit in Visit.query("queries", scan_index_forward=False, limit=2)], [29, 28])
        pages = Visit.query("queries", page_size=7)
        self.assertEqual(len(list(pages)), 30)
        first = Visit.query("queries", limit=4)
        self.assertEqual(len(list(first)), 4)
        rest = Visit.query("queries", last_evaluated_key=first.last_evaluated_key)
        self.assertEqual(next(rest).at, 4)
        self.assertEqual([visit.at for visit in Visit.kinds.query("odd", Visit.at < 6)], [1, 3, 5])
        self.assertEqual(next(Visit.by_score.query("queries")).at, 29)
        keys = [("queries", at) for at in range(40)]
        self.assertEqual(len(list(Visit.batch_get(keys))), 30)

    def test_updates_and_conditions(self):
        visit = Visit("updates", 1, tags={"a"}, history=[1])
        visit.save(condition=Visit.visitor.does_not_exist())
        visit.update(actions=[Visit.score.add(5), Visit.tags.add({"b"}), Visit.history.set(Visit.history.append([2]))])
        self.assertEqual((visit.score, visit.tags, visit.history), (5, {"a", "b"}, [1, 2]))
        visit.update(actions=[Visit.flag.set(True), Visit.history.remove()], condition=Visit.score > 4)
        self.assertEqual((visit.flag, visit.history), (True, None))
        with self.assertRaises(PutError) as raised:
            Visit("updates", 1).save(condition=Visit.visitor.does_not_exist())
        self.assertEqual(raised.exception.cause_response_code, "ConditionalCheckFailedException")
        with self.assertRaises(DeleteError):
            visit.delete(condition=Visit.score == 0)
        visit.delete(condition=Visit.score.is_in(5, 6))

    def test_versions_refuse_stale_writes(self):
        counter = Counter("one")
        counter.save()
        stale = Counter.get("one")
        counter.update(actions=[Counter.value.set(Counter.value + 1)])
        self.assertEqual((counter.value, counter.version), (1, 2))
        with self.assertRaises(PutError):
            stale.save()

    def test_discriminators_choose_the_class(self):
        with Animal.batch_write() as batch:
            batch.save(Cat("tom", lives=3))
            batch.save(Dog("rex", breed="pug"))
        self.assertEqual(sorted(type(animal).__name__ for animal in Animal.scan()), ["Cat", "Dog"])
        self.assertEqual([cat.lives for cat in Cat.scan()], [3])

    def test_transactions_write_and_read_items_of_several_models(self):
        connection = Connection(
            host=support.Meta.host,
            region=support.Meta.region,
        )
        connection.session.set_credentials("djamodb", "djamodb")
        with TransactWrite(connection=connection, client_request_token="token-1") as transaction:
            transaction.save(Counter("two", value=7))
            transaction.save(Visit("transactions", 1), condition=Visit.visitor.does_not_exist())
        with TransactGet(connection=connection) as transaction:
            counter, visit = transaction.get(Counter, "two"), transaction.get(Visit, "transactions", 1)
        self.assertEqual((counter.get().value, visit.get().at), (7, 1))
        with self.assertRaises(TransactWriteError) as raised:
            with TransactWrite(connection=connection) as transaction:
                transaction.condition_check(Counter, "two", condition=Counter.value == 8)
                transaction.delete(Visit("transactions", 1))
        reasons = raised.exception.cancellation_reasons
        self.assertEqual([reason and reason.code for reason in reasons], ["ConditionalCheckFailed", None])
