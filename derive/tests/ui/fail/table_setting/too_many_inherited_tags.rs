use djamodb::prelude::*;
use djamodb::schema::TableSettings;

const TEN: TableSettings = tags_of(TableSettings::new(), ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
const FIFTY: TableSettings = tags_of(
    tags_of(
        tags_of(tags_of(TEN, ["ab", "bb", "cb", "db", "eb", "fb", "gb", "hb", "ib", "jb"]), [
            "ac", "bc", "cc", "dc", "ec", "fc", "gc", "hc", "ic", "jc",
        ]),
        ["ad", "bd", "cd", "dd", "ed", "fd", "gd", "hd", "id", "jd"],
    ),
    ["ae", "be", "ce", "de", "ee", "fe", "ge", "he", "ie", "je"],
);

const fn tags_of(mut settings: TableSettings, keys: [&'static str; 10]) -> TableSettings {
    let mut position = 0;
    while position < keys.len() {
        settings = settings.tag(keys[position], "");
        position += 1;
    }
    settings
}

#[derive(Model)]
#[model(table = "orders", settings = FIFTY, tags(a = "replaces one"))]
struct Order {
    #[model(hash_key)]
    id: u32,
}

#[derive(Model)]
#[model(table = "notes", settings = FIFTY, tags(team = "is one too many"))]
struct Note {
    #[model(hash_key)]
    id: u32,
}

fn main() {
    Order::schema();
    Note::schema();
}
