use syn::parse_quote;

use super::derive;
use crate::generated_code::{implementations, messages};

#[test]
fn a_joined_key_is_a_key_of_text_with_prefixes() {
    let code = derive(&parse_quote! {
        #[attribute(join = "||")]
        struct Place {
            country: String,
            city: String,
            street: u32,
        }
    })
    .unwrap();
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(
        implementations(code),
        [
            "AttributeType",
            "KeyType",
            "JoinedKey",
            "StartsWith",
            "Comparable",
            "Ordered",
            "MapKey",
            "JoinedPart",
            "JoinedPart"
        ]
        .map(|name| format!("{name} for Place"))
    );
}

#[test]
fn a_type_without_the_option_is_no_joined_key() {
    assert!(
        derive(&parse_quote!(
            struct City(String);
        ))
        .is_none()
    );
}

#[test]
fn reports_all_errors_together() {
    let code = derive(&parse_quote! {
        #[attribute(join = "", rename_all = "snake_case")]
        struct Place<T>(#[attribute(rename = "a")] T);
    })
    .unwrap();
    assert_eq!(
        messages(code),
        [
            "a joined key has no option `rename_all`; its options are `join` and `crate`",
            "the separator cannot be empty, since the text could not be split into the parts again",
            "a joined key cannot have generic parameters",
            "a part of a joined key takes no options",
            "a joined key has at least two parts; remove `join` for a type of one field",
        ]
    );
}
