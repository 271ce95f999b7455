use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, parse_quote};

use crate::generated_code::{implementations, members, messages};

fn derive(input: &DeriveInput) -> TokenStream {
    let Data::Enum(data) = &input.data else { panic!("the tests derive enums") };
    super::derive(input, data)
}

#[test]
fn stores_an_enum_without_data_as_text_and_makes_it_a_key() {
    let code = derive(&parse_quote! {
        #[attribute(rename_all = "snake_case")]
        enum Kind {
            LightRain,
            #[attribute(rename = "sun")]
            Sunshine,
        }
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(members(code.clone()), [""; 0]);
    let text = code.to_string();
    assert!(text.contains("\"light_rain\"") && text.contains("\"sun\""), "{text}");
    assert_eq!(
        implementations(code),
        ["AttributeType for Kind", "Comparable for Kind", "KeyType for Kind", "MapKey for Kind"]
    );
}

#[test]
fn declares_a_constant_for_each_variant_with_data_and_for_what_it_holds() {
    let code = derive(&parse_quote! {
        enum Payment {
            Cash,
            CreditCard { number: String, #[attribute(rename = "exp")] expires: u32, #[attribute(skip)] seen: bool },
            Transfer(Account),
            Split(u32, u32),
        }
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(
        members(code.clone()),
        [
            "CASH",
            "CREDIT_CARD",
            "CREDIT_CARD_NUMBER",
            "CREDIT_CARD_EXPIRES",
            "TRANSFER",
            "TRANSFER_0",
            "SPLIT",
            "SPLIT_0",
            "SPLIT_1"
        ]
    );
    assert_eq!(implementations(code), ["AttributeType for Payment", "Comparable for Payment", "HasSize for Payment"]);
}

#[test]
fn an_enum_with_a_tag_and_no_data_is_a_map() {
    let code = derive(&parse_quote! {
        #[attribute(tag = "kind")]
        enum Kind { Rain, Sun }
    });
    assert_eq!(members(code.clone()), ["RAIN", "SUN"]);
    assert!(!implementations(code).contains(&"KeyType for Kind".to_owned()));
}

#[test]
fn reports_all_errors_together() {
    let code = derive(&parse_quote! {
        #[attribute(rename_all = "snakecase", content = "c", untagged)]
        enum Kind {
            Rain(#[attribute(rename = "mm")] f64),
            #[attribute(rename = "Sun")]
            Sunshine,
            Sun,
            #[attribute(rename = "")]
            Fog,
            #[attribute(default)]
            Snow,
            Hail(),
            Storm { #[attribute(key)] force: u8, #[attribute(rename = "force")] other: u8 },
            StormForce,
            USD(u8),
            #[attribute(fallback)]
            Other,
            #[attribute(fallback, rename = "x")]
            Another(String),
        }
    });
    let messages = messages(code.clone());
    let expected = [
        "(did you mean `snake_case`?)",
        "an enum has no option `untagged`",
        "the value of a variant takes no options",
        "a variant has no option `default`",
        "remove them",
        "a field of a variant has no option `key`",
        "the fallback variant holds the value that it was read from",
        "the fallback variant has no name of its own",
        "add `tag = \"…\"`",
        "`Sunshine` and `Sun` are both stored as `Sun`",
        "cannot be stored as empty text",
        "`force` and `other` are both stored as `force`",
        "`STORM_FORCE` is already the constant of the field `force` of the variant `Storm`",
        "the constant of the variant has the name `USD` too",
    ];
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.contains(expected), "{message:?} does not contain {expected:?}");
    }
    assert_eq!(implementations(code), ["AttributeType for Kind"]);
}

#[test]
fn rejects_content_that_has_no_place_beside_its_name() {
    let code = derive(&parse_quote! {
        #[attribute(tag = "kind")]
        enum Shape {
            Square(u32, u32),
            Circle { kind: u32 },
        }
    });
    let messages = messages(code);
    assert!(messages[0].contains("several values are stored as a list"), "{messages:#?}");
    assert!(
        messages[1].contains("`kind` is stored as `kind`, where the name of the variant is stored"),
        "{messages:#?}"
    );
    assert_eq!(messages.len(), 2);
}

#[test]
fn rejects_enums_without_variants_of_their_own() {
    let cases: [(DeriveInput, &str); 3] = [
        (
            parse_quote!(
                enum Never {}
            ),
            "no value to store",
        ),
        (
            parse_quote!(
                enum Any {
                    #[attribute(fallback)]
                    Any(String),
                }
            ),
            "at least one variant beside the fallback",
        ),
        (
            parse_quote!(
                #[attribute(tag = "t", content = "t")]
                enum Same {
                    One(u8),
                }
            ),
            "cannot be stored at the same entry",
        ),
    ];
    for (shape, expected) in cases {
        let messages = messages(derive(&shape));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
