use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(Clone)]
struct Unit;

#[derive(CustomQuerySet)]
struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
    unit: Unit,
}

fn main() {}
