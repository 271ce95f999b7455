use syn::parse_quote;

use super::derive;
use crate::generated_code::{implementations, members, messages};

#[test]
fn declares_one_constant_per_field() {
    let code = derive(&parse_quote! {
        struct Station {
            city: String,
            #[document(rename = "alt", default = 0.0)]
            altitude: f64,
        }
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(members(code.clone()), ["CITY", "ALTITUDE"]);
    assert_eq!(
        implementations(code),
        ["AttributeType for Station", "Document for Station", "Comparable for Station", "HasSize for Station"]
    );
}

#[test]
fn reports_all_errors_together() {
    let code = derive(&parse_quote! {
        #[document(table = "stations")]
        struct Station {
            #[document(hash_key)]
            city: String,
            #[document(rename = "city")]
            town: String,
            #[document(rename = "")]
            country: String,
        }
    });
    assert_eq!(
        messages(code.clone()),
        [
            "a document has no option `table`; its options are `rename_all`, `validate` and `crate`",
            "a field of a document has no option `hash_key`; its options are `rename`, `default`, `with`, `serde`, `flatten`, `skip`, `rest` and `validate`",
            "the name of an attribute cannot be empty",
            "`city` and `town` are both stored as `city`; rename one of them",
        ],
    );
    assert_eq!(implementations(code), ["AttributeType for Station"]);
}

#[test]
fn rejects_other_shapes_with_one_message() {
    assert_eq!(
        messages(derive(&parse_quote!(
            enum Station {
                City,
            }
        ))),
        ["a document must be a struct with named fields"]
    );
    assert_eq!(
        messages(derive(&parse_quote!(
            struct Station<'a> {
                city: &'a str,
            }
        )))
        .len(),
        1
    );
}
