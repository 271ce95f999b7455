use djamodb::prelude::*;

macro_rules! model {
    ($model:ident in $table:literal by $key:ident: $type:ty = $default:expr, $index:ident, $path:literal) => {
        #[derive(Model)]
        #[model(table = $table, crate = $path)]
        #[model(global_index($index, hash_key = $key, projection = include(other)), manager(of_index, index = $index))]
        struct $model {
            #[model(hash_key)]
            $key: $type,
            #[model(default = $default)]
            other: $type,
        }
    };
}

model!(Weather in "weather" by location: String = "noon", by_location, "::djamodb");

fn main() {
    assert_eq!(Weather::schema().table.name, *"weather");
    let weather = Weather { location: "Seattle".to_owned(), other: String::new() };
    assert_eq!(Weather::from_item(&weather.key().unwrap()).unwrap().other, "noon");
    let _ = Weather::of_index().set_index(Weather::BY_LOCATION);
}
