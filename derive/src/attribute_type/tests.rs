use syn::parse_quote;

use super::derive;
use crate::generated_code::{implementations, messages};

#[test]
fn implements_for_a_newtype_the_traits_of_the_inner_type() {
    let code = derive(&parse_quote!(
        struct City(String);
    ));
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(
        implementations(code),
        [
            "AttributeType",
            "KeyType",
            "Comparable",
            "MapKey",
            "Ordered",
            "Numeric",
            "StartsWith",
            "Contains",
            "SetType",
            "HasSize",
            "ListType",
            "MapType"
        ]
        .map(|name| format!("{name} for City")),
    );
}

#[test]
fn stores_an_enum_as_text_and_makes_it_a_key_type() {
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
    assert_eq!(
        implementations(code),
        ["AttributeType for Kind", "Comparable for Kind", "KeyType for Kind", "MapKey for Kind"]
    );
}

#[test]
fn reports_all_errors_together() {
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
        "`Sunshine` and `Sun` are both stored as `Sun`",
        "cannot be stored as empty text",
    ];
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.contains(expected), "{message:?} does not contain {expected:?}");
    }
    assert_eq!(implementations(code), ["AttributeType for Kind"]);
}

#[test]
fn rejects_other_shapes_with_one_message() {
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
            "no value to store",
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
            "no value to store",
        ),
        (parse_quote!(union Either { a: u8 }), "only a newtype or an enum"),
    ];
    for (shape, expected) in cases {
        let messages = messages(derive(&shape));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
