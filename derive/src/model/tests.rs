use proc_macro2::TokenStream;
use syn::parse_quote;

use super::derive;
use crate::generated_code::{implementations, members, messages};

/// Derives a model with these options and four fields.
fn weather(options: &str) -> TokenStream {
    let options: TokenStream = options.parse().expect("the options are tokens");
    derive(&parse_quote! {
        #[model(#options)]
        struct Weather {
            #[model(hash_key)]
            location: String,
            #[model(range_key)]
            date: String,
            kind: Option<String>,
            temp_max: f64,
        }
    })
}

#[test]
fn generates_constants_indexes_and_managers() {
    let code = weather(
        r#"table = "weather",
           local_index(by_temp, range_key = temp_max, projection = keys_only),
           global_index(by_kind, hash_key = (kind), range_key = (temp_max, date), projection = include(kind)),
           manager(of_kind, index = by_kind)"#,
    );
    assert_eq!(messages(code.clone()), [""; 0]);
    assert_eq!(
        members(code.clone()),
        ["LOCATION", "DATE", "KIND", "TEMP_MAX", "BY_TEMP", "BY_KIND", "objects", "of_kind"],
    );
    assert_eq!(
        implementations(code),
        [
            "Index for WeatherPrimary",
            "Index for WeatherByTemp",
            "Index for WeatherByKind",
            "Model for Weather",
            "Managed for Weather",
        ],
    );
}

#[test]
fn reports_all_errors_together() {
    let messages = messages(derive(&parse_quote! {
        #[model(table = "we", global_index(by_kind, hash_key = kin), manager(of_sort, index = by_sort))]
        struct Weather {
            location: String,
            #[model(rename = "location")]
            kind: Option<String>,
        }
    }));
    assert_eq!(
        messages,
        [
            "`location` and `kind` are both stored as `location`; rename one of them",
            "`Weather` has no hash key; mark one field with #[model(hash_key)]",
            "`Weather` has no field `kin` (did you mean `kind`?); its fields are `location` and `kind`",
            "`Weather` has no index `by_sort`; the only one is `by_kind`",
            "the name of a table must have 3 to 255 characters, but this one has 2",
        ],
    );
}

/// A missing declaration makes the compiler report further errors wherever it is used.
#[test]
fn generates_every_declaration_of_a_model_with_errors() {
    let code = weather("global_index(by_kind, hash_key = kin), manager(of_kind, index = by_knd)");
    assert_eq!(messages(code.clone()).len(), 3);
    assert_eq!(members(code.clone()), ["LOCATION", "DATE", "KIND", "TEMP_MAX", "BY_KIND", "objects", "of_kind"],);
    let implemented = implementations(code);
    for expected in ["Index for WeatherPrimary", "Index for WeatherByKind", "Model for Weather", "Managed for Weather"]
    {
        assert!(implemented.iter().any(|found| found == expected), "{expected} is missing");
    }
}

/// A duplicate declaration makes the compiler report the same mistake a second time.
#[test]
fn declares_a_duplicate_name_once() {
    let code = weather(
        r#"table = "weather", global_index(kind, hash_key = kind), global_index(primary, hash_key = kind),
           manager(days, index = kind), manager(days)"#,
    );
    assert_eq!(
        messages(code.clone()),
        [
            "`KIND` is already the constant of the field `kind`; rename the index `kind`",
            "`WeatherPrimary` is already the type of the table; rename the index `primary`",
            "the manager `days` is declared twice; rename one of them",
        ],
    );
    assert_eq!(members(code), ["LOCATION", "DATE", "KIND", "TEMP_MAX", "PRIMARY", "objects", "days"]);
}

#[test]
fn reports_one_error_per_mistake() {
    let cases = [
        ("", "names no table"),
        ("tabel = \"weather\"", "(did you mean `table`?)"),
        ("table", "takes text in quotes"),
        ("table = weather", "takes text in quotes"),
        ("table = \"\"", "3 to 255 characters, but this one has 0"),
        ("table = \"weather station\"", "but not ' '"),
        ("table = \"weather\", table = \"weather\"", "given twice"),
        ("table = \"weather\", \"more\"", "expected an option"),
        ("table = \"weather\", time_to_live = expires", "has no field `expires`"),
        ("table = \"weather\", stream = all", "expected `keys_only`, `new_image`"),
        ("table = \"weather\", global_index", "takes options in parentheses"),
        ("table = \"weather\", global_index()", "must begin with a name"),
        ("table = \"weather\", global_index(by_kind)", "a global index needs a hash key"),
        ("table = \"weather\", global_index(by_kind, hash_kye = kind)", "(did you mean `hash_key`?)"),
        ("table = \"weather\", global_index(by_kind, hash_key = \"kind\")", "without quotes"),
        ("table = \"weather\", global_index(by_kind, hash_key = kind, range_key = kind)", "already"),
        ("table = \"weather\", global_index(by_kind, hash_key = kind, projection = some)", "expected `all`"),
        ("table = \"weather\", local_index(by_kind)", "a local index needs a range key"),
        ("table = \"weather\", local_index(by_kind, range_key = (kind, temp_max))", "one range attribute"),
        ("table = \"weather\", manager(index = by_kind)", "must begin with a name"),
        ("table = \"weather\", manager(rain, filter)", "takes a value"),
        ("table = \"weather\", manager(rain, filter = kind = \"rain\")", "expected a lookup"),
        ("table = \"weather\", manager(rain, filter = \"rain\")", "expected a lookup"),
        ("table = \"weather\", manager(rain, filter = rain(), filter = rain())", "given twice"),
        ("table = \"weather\", manager(rain, fliter = rain())", "(did you mean `filter`?)"),
        ("table = \"weather\", manager(objects), manager(objects)", "is declared twice"),
        ("table = \"weather\", default_manager = key", "already a function of every model"),
        ("table = \"weather\", manager(of_kind, index = by_kind)", "it has no indexes"),
    ];
    for (options, expected) in cases {
        let messages = messages(weather(options));
        assert!(
            matches!(messages.as_slice(), [message] if message.contains(expected)),
            "#[model({options})] must report {expected:?}, not {messages:?}",
        );
    }
}

#[test]
fn rejects_other_shapes_with_one_message() {
    let shapes = [
        parse_quote!(
            enum Weather {
                Rain,
            }
        ),
        parse_quote!(
            struct Weather(String);
        ),
        parse_quote!(
            struct Weather;
        ),
        parse_quote!(union Weather { a: u8 }),
    ];
    for shape in shapes {
        assert_eq!(messages(derive(&shape)), ["a model must be a struct with named fields"]);
    }
    assert_eq!(
        messages(derive(&parse_quote!(
            struct Weather<T> {
                value: T,
            }
        )))
        .len(),
        1
    );
}

#[test]
fn names_the_tables_manager_after_an_undeclared_default_manager() {
    assert_eq!(members(weather(r#"table = "weather", default_manager = days"#)).last().unwrap(), "days");
}

#[test]
fn replaces_the_tables_manager_by_a_declared_objects() {
    let managers = |options: &str| members(weather(&format!("table = \"weather\", {options}"))).split_off(4);
    assert_eq!(managers("manager(rain, filter = rain())"), ["objects", "rain"]);
    assert_eq!(managers("manager(objects, filter = rain()), manager(everything)"), ["objects", "everything"]);
    assert_eq!(
        managers("manager(everything), manager(objects), default_manager = everything"),
        ["everything", "objects"]
    );
    // An undeclared default manager is the table's manager even if `objects` is declared.
    assert_eq!(managers("manager(objects, filter = rain()), default_manager = days"), ["days", "objects"]);
}

#[test]
fn reports_one_error_per_mistake_with_generated_fields() {
    let cases: [(&[&str], &str); 12] = [
        (&["version, default = 1"], "the version of an item without one is 0; remove `default`"),
        (&["version = 1"], "takes no value"),
        (&["version, version"], "given twice"),
        (&["version", "version"], "`first` and `second` both have the option `version`"),
        (&["created_at", "created_at"], "both have the option `created_at`"),
        (&["created_at, updated_at"], "`created_at` and `updated_at` exclude each other"),
        (&["version, range_key"], "`version` cannot be a key"),
        (&["updated_at, range_key"], "`updated_at` cannot be a key"),
        (&["generate"], "takes a value"),
        (&["generate = \"uuid_v7\""], "without quotes: `uuid_v7`"),
        (&["generate = uuid_v7, default"], "a generated identifier has no default"),
        (&["generate = uuid_v7()"], "expected the name of a function"),
    ];
    for (options, expected) in cases {
        let messages = messages_of_fields(options);
        assert!(
            matches!(messages.as_slice(), [message] if message.contains(expected)),
            "{options:?} must report {expected:?}, not {messages:?}",
        );
    }
}

#[test]
fn reports_one_error_per_mistake_with_options_of_fields() {
    let cases: [(&[&str], &str); 9] = [
        (&["with"], "takes a value"),
        (&["with = \"cents\""], "without quotes: `cents`"),
        (&["with = cents, serde"], "`with` and `serde` exclude each other"),
        (&["skip, rename = \"a\""], "takes no option but `default`"),
        (&["skip, range_key"], "`skip` cannot be combined with the option of a key"),
        (&["rest, default"], "takes no other option"),
        (&["rest", "rest"], "`first` holds the rest of the attributes already"),
        (&["rest, version"], "`rest` cannot be combined with the option of a key, a unique field or a generated field"),
        (&["wiht = cents"], "(did you mean `with`?)"),
    ];
    for (options, expected) in cases {
        let messages = messages_of_fields(options);
        assert!(
            matches!(messages.as_slice(), [message] if message.contains(expected)),
            "{options:?} must report {expected:?}, not {messages:?}",
        );
    }
}

/// Returns the messages of a model with fields that have these options.
fn messages_of_fields(options: &[&str]) -> Vec<String> {
    let fields = options.iter().zip(["first", "second"]).map(|(options, name)| {
        let (options, name): (proc_macro2::TokenStream, _) = (options.parse().unwrap(), quote::format_ident!("{name}"));
        quote::quote!(#[model(#options)] #name: u64)
    });
    messages(derive(&parse_quote! {
        #[model(table = "weather")]
        struct Weather { #[model(hash_key)] location: String, #(#fields),* }
    }))
}
