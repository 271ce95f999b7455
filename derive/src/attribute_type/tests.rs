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
        (parse_quote!(union Either { a: u8 }), "only a newtype or an enum can derive"),
    ];
    for (shape, expected) in cases {
        let messages = messages(derive(&shape));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
