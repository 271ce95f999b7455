use djamodb::prelude::*;

struct Weather;

#[derive(CustomQuerySet)]
struct WeatherQuerySet<R, I> {
    queryset: QuerySet<Weather, R, I>,
}

fn main() {}
