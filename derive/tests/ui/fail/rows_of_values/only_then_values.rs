use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

#[derive(Projection)]
#[projection(model = Weather)]
struct Place {
    location: String,
}

fn main() {
    let seattle = Weather::objects().set_hash_key("Seattle");
    let _ = seattle.only::<Place>().values(Weather::LOCATION);
}
