use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(CustomQuerySet)]
struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    first: QuerySet<Weather, R, I>,
    second: QuerySet<Weather, R, I>,
}

fn main() {}
