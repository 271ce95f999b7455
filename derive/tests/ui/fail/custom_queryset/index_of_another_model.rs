use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(Model)]
#[model(table = "towns", global_index(by_region, hash_key = region))]
struct Town {
    #[model(hash_key)]
    name: String,
    region: String,
}

#[derive(CustomQuerySet)]
struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
}

fn main() {
    let _ = WeatherQuerySet::as_manager().set_index(Town::BY_REGION);
    let _ = WeatherQuerySet::as_manager().set_hash_key("Seattle").set_index(Town::BY_REGION);
    let _ = WeatherQuerySet::from_queryset(Town::BY_REGION);
}
