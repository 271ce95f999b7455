// Generated code uses full paths, so it compiles whatever `Result` or `std` mean around it.
#![no_implicit_prelude]

#[allow(dead_code)]
struct Result;
#[allow(dead_code)]
struct Vec;
#[allow(dead_code)]
mod std {}
#[allow(dead_code)]
mod core {}

#[derive(::djamodb::Model)]
#[model(table = "town", global_index(by_country, hash_key = country), manager(of_country, index = by_country))]
struct Town {
    #[model(hash_key)]
    name: ::std::string::String,
    #[model(default = "US")]
    country: ::std::string::String,
    mayor: ::core::option::Option<Mayor>,
}

#[derive(::djamodb::Document)]
struct Mayor {
    name: ::std::string::String,
    party: Party,
    #[document(default)]
    terms: Terms,
}

#[derive(::djamodb::AttributeType)]
enum Party {
    #[allow(dead_code)]
    Blue,
}

#[derive(::djamodb::AttributeType, ::core::default::Default)]
struct Terms(u8);

fn main() {}
