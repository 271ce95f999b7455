mod orm {
    pub use djamodb::*;
}

use orm::prelude::*;

#[derive(Model)]
#[model(table = "town", crate = "crate::orm")]
struct Town {
    #[model(hash_key)]
    name: String,
    mayor: Option<Mayor>,
    size: Size,
}

#[derive(Document)]
#[document(crate = "crate::orm")]
struct Mayor {
    name: Name,
}

#[derive(AttributeType)]
#[attribute(crate = "crate::orm")]
struct Name(String);

#[derive(AttributeType)]
#[attribute(crate = "crate::orm")]
enum Size {
    #[allow(dead_code)]
    Small,
}

fn main() {}
