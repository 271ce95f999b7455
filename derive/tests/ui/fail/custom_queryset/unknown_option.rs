use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(CustomQuerySet)]
#[queryset(pre_fliter = Self::checked)]
struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
}

fn main() {}
