use syn::parse_quote;

use super::derive;
use crate::testing::{implementations, messages};

#[test]
fn a_projection_implements_one_trait() {
    let code = derive(&parse_quote! {
        #[projection(model = crate::models::Weather)]
        struct Day {
            date: String,
            #[projection(attribute = temp_max)]
            warmth: f64,
        }
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(implementations(code.clone()), ["Projection for Day"]);
    let text = code.to_string();
    assert!(text.contains(":: DATE") && text.contains(":: TEMP_MAX"), "{text}");
}

#[test]
fn all_mistakes_are_told_in_one_go() {
    let code = derive(&parse_quote! {
        #[projection(model = "Weather", table = "weather")]
        struct Day {
            #[projection(rename = "date")]
            day: String,
            #[projection(attribute = "temp_max")]
            warmth: f64,
        }
    });
    assert_eq!(
        messages(code),
        [
            "a type stands without quotes here: Weather",
            "a projection has no option `table`; its options are `model` and `crate`",
            "a field of a projection has no option `rename`; the only one is `attribute`",
            "a name stands without quotes here: temp_max",
        ],
    );
}

#[test]
fn the_model_must_be_named() {
    let code = derive(&parse_quote! {
        struct Day {
            date: String,
        }
    });
    assert_eq!(messages(code), ["`Day` does not say of which model: add #[projection(model = …)]"]);
}

#[test]
fn what_is_no_struct_with_named_fields_gives_one_message() {
    for input in [
        parse_quote!(
            #[projection(model = Weather)]
            struct Day(String);
        ),
        parse_quote!(
            enum Day {
                Sunday,
            }
        ),
    ] {
        assert_eq!(messages(derive(&input)), ["a projection is a struct with named fields"]);
    }
}
