//! Generated code causes no warnings, even with strict lints.
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, unused)]
#![deny(unused_qualifications, unused_lifetimes, single_use_lifetimes, unused_results, elided_lifetimes_in_paths)]
#![forbid(unsafe_code)]

use djamodb::prelude::*;

/// A private model of which nothing is used.
#[derive(Model)]
#[model(table = "town", global_index(by_country, hash_key = country), manager(of_country, index = by_country))]
struct Town {
    #[model(hash_key)]
    name: String,
    country: String,
    mayor: Option<Mayor>,
}

#[derive(Document)]
struct Mayor {
    name: Name,
}

#[derive(AttributeType)]
struct Name(String);

#[derive(AttributeType)]
#[allow(dead_code)]
enum Kind {
    Rain,
}

/// Public models, whose generated items must be documented.
pub mod models {
    use djamodb::prelude::*;

    /// Weather of one location.
    #[derive(Model, Debug)]
    #[model(table = "weather", global_index(by_kind, hash_key = kind), manager(of_kind, index = by_kind))]
    pub struct Weather {
        #[model(hash_key)]
        location: String,
        /// Kind of weather.
        pub kind: Kind,
        station: Station,
    }

    /// A kind of weather.
    #[derive(AttributeType, Debug)]
    pub enum Kind {
        /// Rain.
        Rain,
    }

    /// A station.
    #[derive(Document, Debug)]
    pub struct Station {
        /// City of the station.
        pub city: City,
    }

    /// A city.
    #[derive(AttributeType, Debug)]
    pub struct City(pub String);
}

mod private {
    use djamodb::prelude::*;

    /// A model in a private module, re-exported without its index type.
    #[derive(Model, Debug)]
    #[model(table = "country", global_index(by_continent, hash_key = continent))]
    pub struct Country {
        #[model(hash_key)]
        name: String,
        continent: String,
    }
}

pub use private::Country;

fn main() {}
