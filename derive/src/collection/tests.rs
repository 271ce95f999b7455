use syn::{DeriveInput, parse_quote};

use super::derive;
use crate::generated_code::{implementations, messages};

#[test]
fn implements_the_trait_of_the_shape() {
    let account = derive(&parse_quote!(
        struct Account {
            customer: Customer,
            orders: Vec<Order>,
        }
    ));
    assert_eq!(implementations(account), ["Collection for Account"]);
    let entry = derive(&parse_quote!(
        enum Entry {
            Customer(Customer),
            Order(Order),
        }
    ));
    assert_eq!(implementations(entry), ["CollectionItem for Entry"]);
}

#[test]
fn rejects_other_shapes_with_one_message() {
    let cases: [(DeriveInput, &str); 6] = [
        (
            parse_quote!(
                struct Account(Customer);
            ),
            "have names",
        ),
        (
            parse_quote!(
                struct Account {}
            ),
            "at least one model",
        ),
        (
            parse_quote!(
                enum Entry {
                    Customer,
                }
            ),
            "holds one model",
        ),
        (
            parse_quote!(
                enum Entry {
                    Pair(Customer, Order),
                }
            ),
            "holds one model",
        ),
        (
            parse_quote!(
                struct Account<T> {
                    customer: T,
                }
            ),
            "generic parameters",
        ),
        (
            parse_quote!(
                #[collection(table = "x")]
                struct Account {
                    customer: Customer,
                }
            ),
            "the only one is `crate`",
        ),
    ];
    for (input, expected) in cases {
        let messages = messages(derive(&input));
        assert!(matches!(messages.as_slice(), [message] if message.contains(expected)), "{messages:?}");
    }
}
