//! Keys: an item that was read can be saved and deleted again, and two values never become one key.

use std::collections::BTreeSet;
use std::fmt::Debug;

use chrono::TimeDelta;
use djamodb::model::datetime::truncated;
use djamodb::model::{CodecError, CodecErrorKind, TypeInfo, check_key_codec};
use djamodb::plan::PutItem;
use djamodb::prelude::*;
use djamodb::schema::ScalarType;
use djamodb::value::{AttributeValue, Item, Number};
use proptest::prelude::*;
use uuid::Uuid;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "measured", managed = false)]
struct Measured {
    #[model(hash_key)]
    id: String,
    #[model(range_key)]
    level: f64,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "dated", managed = false)]
#[model(global_index(by_seen, hash_key = seen))]
struct Dated {
    #[model(hash_key)]
    id: String,
    #[model(range_key)]
    date: DateTime<Utc>,
    seen: Option<DateTime<Utc>>,
    dates: BTreeSet<DateTime<Utc>>,
    visits: Vec<DateTime<Utc>>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "identified", managed = false)]
struct Identified {
    #[model(hash_key)]
    id: Wrapped<Uuid>,
}

#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Wrapped<T>(T);

#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
enum Kind {
    Rain,
    Sun,
}

/// A codec written by hand that decodes more than it encodes: a code in any case, stored in upper case.
#[derive(Clone, Debug, PartialEq)]
struct Code(String);

impl AttributeType for Code {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::s(self.0.to_uppercase()))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        Ok(Self(String::decode(value)?.to_uppercase()))
    }

    fn type_info() -> TypeInfo {
        TypeInfo { name: "a code", ..String::type_info() }
    }
}

impl KeyType for Code {
    const SCALAR: ScalarType = ScalarType::S;
}

/// Stores an item as another program does, and returns the error of reading it.
async fn read_error<M: Managed<Default: Index<Model = M>> + Debug>(item: Item) -> String {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<M>().await.unwrap();
    db.run(PutItem::new(db.table_name::<M>(), item)).await.unwrap();
    M::default_manager().scan().all(&db).await.unwrap_err().to_string()
}

#[tokio::test]
async fn refuses_items_whose_key_is_not_stored_as_it_is_encoded() {
    let number: Number = "1234567890123.1234567890123456789".parse().unwrap();
    let upper = "550E8400-E29B-41D4-A716-446655440000";
    for (error, expected) in [
        (
            read_error::<Measured>(Item::new().with("id", "a").with("level", number)).await,
            "attribute `level`: the key is stored as 1234567890123.1234567890123456789, but its value is encoded as 1234567890123.1235,",
        ),
        (
            read_error::<Dated>(Item::new().with("id", "a").with("date", "2015-01-02T03:04:05.000006+00:00")).await,
            "attribute `date`: the key is stored as \"2015-01-02T03:04:05.000006+00:00\", \
             but its value is encoded as \"2015-01-02T03:04:05.000006+0000\",",
        ),
        (
            read_error::<Dated>(Item::new().with("id", "a").with("date", "2015-01-02T03:04:05.000006789+0000")).await,
            "attribute `date`: the key is stored as \"2015-01-02T03:04:05.000006789+0000\", but its value cannot be encoded: ",
        ),
        (
            read_error::<Identified>(Item::new().with("id", upper)).await,
            "attribute `id`: the key is stored as \"550E8400-E29B-41D4-A716-446655440000\", \
             but its value is encoded as \"550e8400-e29b-41d4-a716-446655440000\",",
        ),
    ] {
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn reads_saves_and_deletes_one_item_under_its_stored_key() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Measured>().await.unwrap();
    let item = Item::new().with("id", "a").with("level", "1234567890123.1235".parse::<Number>().unwrap());
    db.run(PutItem::new("measured", item)).await.unwrap();
    let all = Measured::objects().set_hash_key("a");
    let mut measured = all.get(&db).await.unwrap();
    measured.save(&db).await.unwrap();
    assert_eq!(all.count(&db).await.unwrap(), 1);
    measured.delete(&db).await.unwrap();
    assert_eq!(all.count(&db).await.unwrap(), 0);
}

#[tokio::test]
async fn refuses_such_keys_in_values_and_reads_other_attributes_leniently() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Dated>().await.unwrap();
    let other_form = "2015-01-02T03:04:05.000006+00:00";
    let item = Item::new().with("id", "a").with("date", other_form).with("seen", other_form);
    db.run(PutItem::new("dated", item)).await.unwrap();
    let all = Dated::objects().set_hash_key("a");
    let error = all.values(Dated::DATE).all(&db).await.unwrap_err().to_string();
    assert!(error.contains("the key is stored as"), "{error}");
    let seen = all.values(Dated::SEEN).all(&db).await.unwrap();
    assert_eq!(seen, [Some(DateTime::parse_from_rfc3339(other_form).unwrap().to_utc())]);
}

#[tokio::test]
async fn refuses_dates_below_a_microsecond_in_keys_sets_and_operands() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Dated>().await.unwrap();
    let date = DateTime::<Utc>::from_timestamp_nanos(1_420_167_845_000_006_000);
    let fine = date + TimeDelta::nanoseconds(800);
    let dated = Dated { id: "a".to_owned(), date, seen: None, dates: BTreeSet::new(), visits: vec![] };
    let all = Dated::objects().set_hash_key("a");
    for (error, attribute) in [
        (Dated { date: fine, ..dated.clone() }.save(&db).await.unwrap_err(), "`date`"),
        (Dated { date: fine, ..dated.clone() }.delete(&db).await.unwrap_err(), "`date`"),
        (Dated { dates: [date, fine].into(), ..dated.clone() }.save(&db).await.unwrap_err(), "`dates`"),
        (dated.clone().update(Dated::DATES.add([fine]), &db).await.unwrap_err(), "`dates`"),
        (Dated::get_by_key(("a", fine), &db).await.unwrap_err(), "`date`"),
        (all.filter(Dated::DATE.lt(fine)).all(&db).await.unwrap_err(), "`date`"),
        (all.filter(Dated::SEEN.is_in([date, fine])).all(&db).await.unwrap_err(), "`seen`"),
        (all.filter(Dated::DATES.contains(fine)).all(&db).await.unwrap_err(), "`dates`"),
        (all.filter(Dated::VISITS.eq(vec![date, fine])).all(&db).await.unwrap_err(), "`visits[1]`"),
        (all.filter_lookup("date__gt", "2015-01-02T03:04:05.0000001Z").all(&db).await.unwrap_err(), "date__gt"),
        (Dated::objects().set_index(Dated::BY_SEEN).set_hash_key(fine).all(&db).await.unwrap_err(), "`seen`"),
    ] {
        let text = error.to_string();
        assert!(
            text.contains(attribute) && text.contains("djamodb::model::datetime::truncated"),
            "{attribute}: {text}"
        );
    }
    assert_eq!(Dated::objects().scan().count(&db).await.unwrap(), 0);
    // Attributes that identify nothing are cut to microseconds, as PynamoDB does.
    Dated { seen: Some(fine), visits: vec![fine], ..dated.clone() }.save(&db).await.unwrap();
    let read = all.filter(Dated::DATE.eq(truncated(fine)) & Dated::SEEN.eq(date)).get(&db).await.unwrap();
    assert_eq!((read.seen, read.visits), (Some(date), vec![date]));
}

#[test]
fn reports_codecs_that_break_the_law_of_keys() {
    assert_eq!(check_key_codec(&Code("AB".to_owned())), Ok(()));
    let lossy = check_key_codec(&Code("ab".to_owned())).unwrap_err();
    assert!(matches!(lossy.kind(), CodecErrorKind::KeyNotCanonical { .. }), "{lossy}");
    let lower = Code::decode_exact(&AttributeValue::s("ab")).unwrap_err();
    assert!(lower.to_string().contains("its value is encoded as \"AB\""), "{lower}");
}

/// Checks the law of keys for a value, and that a stored key is refused or is the key that its value encodes to.
fn obeys_the_law<T: KeyType + PartialEq + Debug>(value: T, stored: &[AttributeValue]) -> Result<(), TestCaseError> {
    prop_assert_eq!(check_key_codec(&value), Ok(()), "{:?}", value);
    for stored in stored {
        if let Ok(decoded) = T::decode_exact(stored) {
            prop_assert_eq!(&decoded.encode_exact().unwrap(), stored, "{:?}", decoded);
        }
    }
    Ok(())
}

fn stored_keys() -> impl Strategy<Value = Vec<AttributeValue>> {
    let text = prop_oneof![
        any::<String>(),
        "20[0-9]{2}-0[1-9]-[0-2][1-8]T[0-2][0-3]:0[0-9]:0[0-9](\\.[0-9]{1,9})?[+-]0[0-9]:?[03]0",
        "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
        "(Rain|Sun|rain)",
    ];
    let number =
        (any::<i64>(), -130..108_i32).prop_map(|(digits, exponent)| Number::from_parts(digits.into(), exponent));
    let long = (any::<i128>(), -60..40_i32).prop_map(|(digits, exponent)| Number::from_parts(digits, exponent));
    let number = prop_oneof![number, long, any::<i16>().prop_map(|small| Ok(Number::from(small)))];
    let key = prop_oneof![
        text.prop_map(AttributeValue::S),
        number.prop_filter_map("outside DynamoDB's range", |number| number.ok().map(AttributeValue::N)),
        any::<Vec<u8>>().prop_map(AttributeValue::b),
    ];
    prop::collection::vec(key, 16)
}

proptest! {
    #[test]
    fn every_key_codec_obeys_the_law_of_keys(
        stored in stored_keys(),
        text in any::<String>(),
        bytes in any::<Vec<u8>>(),
        signed in any::<i128>(),
        bits in any::<u64>(),
        exponent in -130..125_i32,
        nanoseconds in any::<i64>(),
        micro in any::<bool>(),
    ) {
        macro_rules! integers {
            ($($integer:ty),+) => {$(
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any value will do")]
                obeys_the_law(signed as $integer, &stored)?;
            )+};
        }
        integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
        let float = f64::from_bits(bits);
        if !float.is_nan() {
            obeys_the_law(float, &stored)?;
        }
        #[allow(clippy::cast_possible_truncation, reason = "any value will do")]
        let single = f32::from_bits(bits as u32);
        if !single.is_nan() {
            obeys_the_law(single, &stored)?;
        }
        if let Ok(number) = Number::from_parts(signed, exponent) {
            obeys_the_law(number, &stored)?;
        }
        let date = DateTime::<Utc>::from_timestamp_nanos(nanoseconds);
        let date = if micro { truncated(date) } else { date };
        obeys_the_law(date, &stored)?;
        obeys_the_law(Wrapped(date), &stored)?;
        obeys_the_law(Uuid::from_u64_pair(bits, bits.rotate_left(7)), &stored)?;
        obeys_the_law(Wrapped(float.max(0.0)), &stored)?;
        obeys_the_law(if micro { Kind::Rain } else { Kind::Sun }, &stored)?;
        obeys_the_law(Code(text.to_uppercase()), &stored)?;
        obeys_the_law(Wrapped(text.clone()), &stored)?;
        obeys_the_law(text, &stored)?;
        obeys_the_law(bytes::Bytes::from(bytes.clone()), &stored)?;
        obeys_the_law(bytes, &stored)?;
    }
}
