use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(CustomQuerySet)]
struct WeatherQuerySet {
    queryset: QuerySet<Weather>,
    unit: u32,
}

fn main() {}
