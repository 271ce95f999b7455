use syn::{DeriveInput, parse_quote};

use super::derive;
use crate::generated_code::{implementations, members, messages};

#[test]
fn implements_the_trait_and_the_managers() {
    let code = derive(&parse_quote! {
        #[queryset(pre_filter = Self::checked)]
        struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
            queryset: QuerySet<Weather, R, I>,
            #[queryset(default = 20.0)]
            degrees_min: f64,
        }
    });
    assert_eq!(messages(code.clone()), [""; 0]);
    let implemented = implementations(code.clone()).join(", ");
    for name in ["Clone for", "From for", "CustomQuerySet for", "Explainable for"] {
        assert!(implemented.contains(name), "{implemented}");
    }
    assert_eq!(members(code), ["as_manager", "from_queryset"]);
}

#[test]
fn rejects_other_shapes_and_options_with_one_message() {
    let cases: [(DeriveInput, &str); 10] = [
        (
            parse_quote!(
                struct Wrapper<R, I>(QuerySet<Weather, R, I>);
            ),
            "a custom queryset must be a struct with named fields",
        ),
        (
            parse_quote!(
                struct Wrapper<R, I> {
                    unit: Unit,
                }
            ),
            "has no queryset; add a field",
        ),
        (
            parse_quote!(
                struct Wrapper<R, I> {
                    first: QuerySet<Weather, R, I>,
                    second: QuerySet<Weather, R, I>,
                }
            ),
            "has two querysets",
        ),
        (
            parse_quote!(
                struct Wrapper {
                    queryset: QuerySet<Weather>,
                }
            ),
            "write `struct Wrapper<R = Weather, I = <Weather as Model>::Primary>`",
        ),
        (
            parse_quote!(
                struct Wrapper<I, R> {
                    queryset: QuerySet<Weather, R, I>,
                }
            ),
            "write `QuerySet<Weather, I, R>`",
        ),
        (
            parse_quote!(
                struct Wrapper<R, I> {
                    queryset: QuerySet<Weather>,
                }
            ),
            "write `QuerySet<Weather, R, I>`",
        ),
        (
            parse_quote!(
                struct Wrapper<R: Send, I> {
                    queryset: QuerySet<Weather, R, I>,
                }
            ),
            "have no bounds",
        ),
        (
            parse_quote!(
                struct Wrapper<R, I>
                where
                    I: Copy,
                {
                    queryset: QuerySet<Weather, R, I>,
                }
            ),
            "have no bounds",
        ),
        (
            parse_quote!(
                #[queryset(model = Weather)]
                struct Wrapper<R, I> {
                    queryset: QuerySet<Weather, R, I>,
                }
            ),
            "a custom queryset has no option `model`",
        ),
        (
            parse_quote!(
                struct Wrapper<R, I> {
                    #[queryset(default = 1)]
                    queryset: QuerySet<Weather, R, I>,
                }
            ),
            "the field with the queryset has no options",
        ),
    ];
    for (input, expected) in cases {
        let messages = messages(derive(&input));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
