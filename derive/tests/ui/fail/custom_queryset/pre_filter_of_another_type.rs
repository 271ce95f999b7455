use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(CustomQuerySet)]
#[queryset(pre_filter = Self::checked)]
struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
}

impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
    fn checked(&self) -> Self {
        self.clone()
    }
}

fn main() {}
