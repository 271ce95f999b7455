//! Validators in a model that a macro declares, without imports.

mod rules {
    pub fn lower_case(text: &str) -> Result<(), String> {
        if text.chars().all(char::is_lowercase) { Ok(()) } else { Err("must be lower case".to_owned()) }
    }
}

macro_rules! model {
    ($name:ident, $validator:expr, $path:path) => {
        #[derive(djamodb::Model)]
        #[model(table = "sessions", validate = Self::check, validate = |_: &$name| Ok::<_, &str>(()))]
        struct $name {
            #[model(hash_key, validate = [rules::lower_case, $path])]
            id: String,
            #[model(validate = $validator, validate = max_value(9))]
            visits: std::option::Option<u32>,
            #[model(validate = length(1..), default)]
            errors: Vec<u8>,
            #[model(validate = not_blank(), default)]
            value: String,
        }

        impl $name {
            fn check(&self) -> Result<(), djamodb::model::ValidationError> {
                Ok(())
            }
        }
    };
}

model!(Session, djamodb::model::validators::min_value(3), rules::lower_case);

fn main() {
    let session = Session { id: "A".to_owned(), visits: Some(2), errors: Vec::new(), value: "\n".to_owned() };
    let mut errors = djamodb::model::ValidationErrors::new();
    djamodb::model::Model::run_validators(&session, &mut errors);
    let paths: Vec<_> = errors.iter().map(|error| error.path()).collect();
    assert_eq!(paths, ["id", "id", "visits", "errors", "value"]);
}
