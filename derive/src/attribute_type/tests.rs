use syn::parse_quote;

use super::derive;
use crate::testing::{implementations, messages};

#[test]
fn a_newtype_has_the_abilities_of_what_is_inside() {
    let code = derive(&parse_quote!(
        struct City(String);
    ));
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(
        implementations(code),
        ["AttributeType", "KeyType", "Ordered", "Numeric", "StartsWith", "Contains", "Indexed", "Keyed"]
            .map(|name| format!("{name} for City")),
    );
}

#[test]
fn an_enum_is_text_and_can_be_a_key() {
    let code = derive(&parse_quote! {
        #[attribute(rename_all = "snake_case")]
        enum Kind {
            LightRain,
            #[attribute(rename = "sun")]
            Sunshine,
        }
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    let text = code.to_string();
    assert!(text.contains("\"light_rain\"") && text.contains("\"sun\""), "{text}");
    assert_eq!(implementations(code), ["AttributeType for Kind", "KeyType for Kind"]);
}

#[test]
fn all_mistakes_are_told_in_one_go() {
    let code = derive(&parse_quote! {
        #[attribute(rename_all = "snakecase")]
        enum Kind {
            Rain(f64),
            #[attribute(rename = "Sun")]
            Sunshine,
            Sun,
            #[attribute(rename = "")]
            Fog,
            #[attribute(default)]
            Snow,
        }
    });
    let messages = messages(code.clone());
    let expected = [
        "cannot carry data",
        "(did you mean `snake_case`?)",
        "a variant has no option `default`",
        "`Sunshine` and `Sun` would both be kept as `Sun`",
        "cannot be kept as no text",
    ];
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.contains(expected), "{message:?} should say {expected:?}");
    }
    assert_eq!(implementations(code), ["AttributeType for Kind"]);
}

#[test]
fn other_shapes_give_one_message_that_says_what_to_do() {
    let cases = [
        (
            parse_quote!(
                struct City {
                    name: String,
                }
            ),
            "derive `Document`",
        ),
        (
            parse_quote!(
                struct Position(f64, f64);
            ),
            "derive `Document`",
        ),
        (
            parse_quote!(
                struct Nothing;
            ),
            "nothing to keep",
        ),
        (
            parse_quote!(
                struct Nothing();
            ),
            "a newtype has one field",
        ),
        (
            parse_quote!(
                enum Never {}
            ),
            "no values to keep",
        ),
        (parse_quote!(union Either { a: u8 }), "only a newtype or an enum"),
    ];
    for (shape, expected) in cases {
        let messages = messages(derive(&shape));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
