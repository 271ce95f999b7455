use proptest::prelude::*;

use super::*;
use crate::model::{AttributeType, KeyType, TypeInfo, check_key_codec};
use crate::schema::ScalarType;
use crate::value::AttributeValue;

fn template(pieces: Vec<TemplatePiece>) -> KeyTemplate {
    KeyTemplate::new(Name::from_static("sk"), pieces)
}

fn text_part(attribute: &'static str, form: PartForm) -> TemplatePiece {
    TemplatePiece::Part(TemplatePart::new::<String>(Name::from_static(attribute), form))
}

fn number_part(attribute: &'static str, form: PartForm) -> TemplatePiece {
    TemplatePiece::Part(TemplatePart::new::<u32>(Name::from_static(attribute), form))
}

/// `ORDER#{a}||{n:03}#{b}`, of which the first part is plain or escaped.
fn order(form: PartForm) -> KeyTemplate {
    template(vec![
        TemplatePiece::Literal("ORDER#"),
        text_part("a", form),
        TemplatePiece::Literal("||"),
        number_part("n", PartForm::Padded(3)),
        TemplatePiece::Literal("#"),
        text_part("b", PartForm::Plain),
    ])
}

fn item(a: &str, n: u32, b: &str) -> Item {
    Item::new().with("a", a).with("n", n).with("b", b)
}

#[test]
fn a_text_is_composed_of_literals_and_parts() {
    let template = order(PartForm::Plain);
    assert_eq!(template.text(&item("x", 7, "y")).unwrap().as_deref(), Some("ORDER#x||007#y"));
    assert_eq!(template.to_string(), "ORDER#{a}||{n:03}#{b}");
    assert_eq!(template.text(&Item::new().with("a", "x").with("n", 7)), Ok(None));
    assert_eq!(template.leading_literal(), "ORDER#");
}

#[test]
fn a_part_without_a_place_is_refused_by_name() {
    let template = order(PartForm::Plain);
    for (item, part) in [(item("x||y", 7, ""), "a"), (item("x|", 7, ""), "a"), (item("x", 1000, ""), "n")] {
        assert_eq!(template.text(&item).unwrap_err().path(), part);
    }
    assert!(template.text(&item("x", 7, "a||b#")).is_ok(), "nothing follows the last part");
    assert!(order(PartForm::Escaped).text(&item("x||y", 7, "")).is_ok());
    assert!(template.text(&item("x", 7, "\u{10FFFF}")).is_err());
}

#[test]
fn a_text_of_another_template_is_not_split() {
    let template = order(PartForm::Plain);
    for text in ["", "ORDER#", "ORDER#x||7#y", "ORDER#x||0007#y", "ORDER#x||00a#y", "LINE#x||007#y", "ORDER#x|007#y"] {
        assert!(template.split(text).is_err(), "{text}");
    }
    assert!(order(PartForm::Escaped).split("ORDER#%2||007#y").is_err());
    assert!(order(PartForm::Escaped).split("ORDER#%41||007#y").is_err(), "only what is escaped has digits");
}

/// A text of any length whose type says that it has two bytes.
#[derive(PartialEq)]
struct TwoBytes(String);

impl AttributeType for TwoBytes {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        self.0.encode()
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        String::decode(value).map(Self)
    }

    fn type_info() -> TypeInfo {
        String::type_info()
    }
}

impl KeyType for TwoBytes {
    const SCALAR: ScalarType = ScalarType::S;
    const TEXT_BYTES: Option<usize> = Some(2);
}

#[test]
fn a_part_whose_type_says_another_width_is_refused() {
    let part = TemplatePart::new::<TwoBytes>(Name::from_static("a"), PartForm::Plain);
    let template = template(vec![TemplatePiece::Part(part), text_part("b", PartForm::Plain)]);
    assert_eq!(template.text(&item("xy", 0, "z")).unwrap().as_deref(), Some("xyz"));
    let error = template.text(&item("xyz", 0, "")).unwrap_err();
    assert_eq!(error.path(), "a");
    assert!(error.to_string().contains("TEXT_BYTES of its type says that it has 2 bytes"), "{error}");
    assert!(check_key_codec(&TwoBytes("xy".to_owned())).is_ok());
    assert!(check_key_codec(&TwoBytes("xyz".to_owned())).is_err());
}

fn forms() -> impl Strategy<Value = PartForm> {
    prop_oneof![Just(PartForm::Plain), Just(PartForm::Escaped)]
}

fn items() -> impl Strategy<Value = Item> {
    ("[a-b|%#]{0,3}", 0..30_u32, "[a-b#]{0,2}").prop_map(|(a, n, b)| item(&a, n, &b))
}

/// Returns `true` if an item's `attribute` compares with the value as `comparator` says.
fn is(item: &Item, attribute: &str, comparator: crate::expression::Comparator, value: &AttributeValue) -> bool {
    crate::expression::compare(item.get(attribute), comparator, Some(value))
}

fn is_within(text: &str, low: Option<&TemplateBound>, high: Option<&TemplateBound>) -> bool {
    let above = low.is_none_or(|low| text > low.text.as_str() || (low.inclusive && text == low.text));
    above && high.is_none_or(|high| text < high.text.as_str() || (high.inclusive && text == high.text))
}

proptest! {
    #[test]
    fn a_text_is_split_into_the_parts_that_it_was_composed_of(form in forms(), item in items()) {
        let template = order(form);
        if let Ok(Some(text)) = template.text(&item) {
            let parts: Item = template.split(&text)?.into_iter().collect();
            prop_assert_eq!(parts, item);
        }
    }

    #[test]
    fn different_parts_have_different_texts(form in forms(), one in items(), other in items()) {
        let template = order(form);
        if let (Ok(one_text), Ok(other_text)) = (template.text(&one), template.text(&other)) {
            prop_assert_eq!(one_text == other_text, one == other);
        }
    }

    #[test]
    fn a_prefix_begins_exactly_the_texts_with_its_parts(form in forms(), one in items(), other in items(), known in 0..3_usize) {
        let template = order(form);
        let mut prefix = template.start();
        let names = ["a", "n", "b"];
        for name in &names[..known] {
            let Ok(extended) = template.extend(&prefix, other.get(name).unwrap()) else { return Ok(()) };
            prefix = extended;
        }
        if let Ok(Some(text)) = template.text(&one) {
            let same = names[..known].iter().all(|name| one.get(name) == other.get(name));
            prop_assert_eq!(text.starts_with(&prefix.text), same);
            prop_assert_eq!(text >= prefix.text && text <= KeyTemplate::end(&prefix), same, "{}", text);
        }
    }

    #[test]
    fn bounds_hold_all_texts_of_the_values_within_them(
        form in forms(),
        one in items(),
        other in items(),
        known in 0..3_usize,
        inclusive in any::<bool>(),
    ) {
        use crate::expression::Comparator::{Ge, Gt, Le, Lt};
        let template = order(form);
        let names = ["a", "n", "b"];
        let mut prefix = template.start();
        for name in &names[..known] {
            let Ok(extended) = template.extend(&prefix, one.get(name).unwrap()) else { return Ok(()) };
            prefix = extended;
        }
        let (Ok(Some(text)), value) = (template.text(&one), other.get(names[known]).unwrap()) else { return Ok(()) };
        if let Some(low) = template.low(&prefix, value, inclusive) {
            let holds = is(&one, names[known], if inclusive { Ge } else { Gt }, value);
            let within = is_within(&text, Some(&low), None);
            prop_assert!(within || !holds, "{text} {low:?}");
            prop_assert!(!low.exact || within == holds, "{text} {low:?}");
        }
        if let Some(high) = template.high(&prefix, value, inclusive) {
            let holds = is(&one, names[known], if inclusive { Le } else { Lt }, value);
            let within = is_within(&text, None, Some(&high));
            prop_assert!(within || !holds, "{text} {high:?}");
            prop_assert!(!high.exact || within == holds, "{text} {high:?}");
        }
        if let Some((start, exact)) = template.starting_with(&prefix, value) {
            let holds = one.get(names[known]).unwrap().as_s().unwrap().starts_with(value.as_s().unwrap());
            prop_assert!(text.starts_with(&start) || !holds, "{text} {start}");
            prop_assert!(!exact || text.starts_with(&start) == holds, "{text} {start}");
        }
    }
}
