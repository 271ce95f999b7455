use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
#[model(manager(objects, queryset = WeatherQuerySet))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
}

fn main() {}
