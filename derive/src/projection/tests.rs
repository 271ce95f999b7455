use syn::parse_quote;

use super::derive;
use crate::generated_code::{implementations, messages};

#[test]
fn implements_projection_of_the_model() {
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
fn reports_all_errors_together() {
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
            "write the type without quotes: `Weather`",
            "a projection has no option `table`; its options are `model` and `crate`",
            "a field of a projection has no option `rename`; the only one is `attribute`",
            "write the name without quotes: `temp_max`",
        ],
    );
}

#[test]
fn requires_a_model() {
    let code = derive(&parse_quote! {
        struct Day {
            date: String,
        }
    });
    assert_eq!(messages(code), ["`Day` names no model; add #[projection(model = …)]"]);
}

#[test]
fn rejects_other_shapes_with_one_message() {
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
        assert_eq!(messages(derive(&input)), ["a projection must be a struct with named fields"]);
    }
}
