use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {
    Rain,
}

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Kind,
}

fn main() {
    let _ = Weather::KIND.gt(Kind::Rain);
}
