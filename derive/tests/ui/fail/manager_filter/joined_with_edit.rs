use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(manager(rain, filter = Weather::KIND.eq("rain") & Weather::KIND.set("sun")))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

fn main() {}
