use syn::{DeriveInput, parse_quote};

use super::derive;
use crate::generated_code::{implementations, members, messages};

#[test]
fn implements_the_conversions_and_the_managers() {
    let code = derive(&parse_quote! {
        #[proxy(manager(rain, filter = Weather::KIND.eq("rain")))]
        struct RainyDay(Weather);
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    let implemented = implementations(code.clone());
    assert_eq!(implemented.len(), 6, "{implemented:?}");
    assert!(implemented.contains(&"Proxy for RainyDay".to_owned()), "{implemented:?}");
    assert_eq!(members(code), ["objects", "rain"]);
}

#[test]
fn a_declared_manager_of_objects_replaces_the_generated_one() {
    let code = derive(&parse_quote! {
        #[proxy(manager(objects, filter = Weather::KIND.eq("rain")))]
        struct RainyDay(Weather);
    });
    assert_eq!(members(code), ["objects"]);
}

#[test]
fn rejects_other_shapes_and_options_with_one_message() {
    let cases: [(DeriveInput, &str); 6] = [
        (
            parse_quote!(
                struct RainyDay {
                    weather: Weather,
                }
            ),
            "write `struct RainyDay(Model);`",
        ),
        (
            parse_quote!(
                struct RainyDay(Weather, u32);
            ),
            "one field",
        ),
        (
            parse_quote!(
                struct RainyDay<T>(T);
            ),
            "generic parameters",
        ),
        (
            parse_quote!(
                #[proxy(of = Weather)]
                struct RainyDay(Weather);
            ),
            "a proxy has no option `of`",
        ),
        (
            parse_quote!(
                #[proxy(manager(rain), manager(rain))]
                struct RainyDay(Weather);
            ),
            "declared twice",
        ),
        (
            parse_quote!(
                #[proxy(manager(rain, index = "by_kind"))]
                struct RainyDay(Weather);
            ),
            "without quotes",
        ),
    ];
    for (input, expected) in cases {
        let messages = messages(derive(&input));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
