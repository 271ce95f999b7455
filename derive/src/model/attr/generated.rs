//! Options of fields that writes fill in: `version`, `created_at`, `updated_at` and `generate`.

use proc_macro2::Ident;
use syn::{Path, Result};

use super::KeyMarks;
use crate::attribute_args::AttributeArg;
use crate::errors::Errors;
use crate::field::{DefaultValue, FieldOptions};
use crate::unique_option::UniqueOption;

/// The option of a field that writes fill in.
#[derive(Clone)]
pub(in super::super) struct GeneratedMark {
    pub(in super::super) option: Ident,
    pub(in super::super) value: Generated,
}

/// The value that writes give to a field.
#[derive(Clone)]
pub(in super::super) enum Generated {
    Version,
    CreatedAt,
    UpdatedAt,
    /// The result of the function at this path. A name alone is one of the generators of djamodb.
    Id(Path),
}

/// The names of the generators of djamodb.
pub(in super::super) const GENERATORS: [&str; 3] = ["uuid_v4", "uuid_v7", "ulid"];

impl GeneratedMark {
    /// Returns the option, or `None` if it is another one.
    pub(super) fn read(arg: &AttributeArg) -> Option<Result<Self>> {
        let value = match arg.name.to_string().as_str() {
            "version" => arg.word().map(|()| Generated::Version),
            "created_at" => arg.word().map(|()| Generated::CreatedAt),
            "updated_at" => arg.word().map(|()| Generated::UpdatedAt),
            "generate" => arg.function_path().map(Generated::Id),
            _ => return None,
        };
        Some(value.map(|value| Self { option: arg.name.clone(), value }))
    }

    /// Checks the other options of the field.
    pub(super) fn check(&self, keys: &KeyMarks, options: &mut FieldOptions, errors: &mut Errors) {
        let option = &self.option;
        let is_key = keys.hash_key.is_given() || keys.range_key.is_given();
        match &self.value {
            Generated::Id(_) if options.default.is_given() => {
                errors.at(option, "a generated identifier has no default; remove `default`");
            }
            Generated::Id(_) => {}
            _ if is_key => {
                errors.at(
                    option,
                    format!("`{option}` cannot be a key, since each write changes it and no write changes a key"),
                );
            }
            Generated::Version if options.default.is_given() => {
                errors.at(option, "the version of an item without one is 0; remove `default`");
            }
            Generated::Version => options.default.set(option, Ok(DefaultValue::Trait), errors),
            Generated::CreatedAt | Generated::UpdatedAt => {}
        }
    }
}

/// Sets the option of a field, which has at most one of these.
pub(super) fn set(generated: &mut UniqueOption<GeneratedMark>, mark: Result<GeneratedMark>, errors: &mut Errors) {
    match (generated.get(), &mark) {
        (Some(earlier), Ok(mark)) if earlier.option != mark.option => {
            let message = format!("`{}` and `{}` exclude each other; remove one of them", earlier.option, mark.option);
            errors.at(&mark.option, message);
        }
        (_, Ok(other)) => {
            let option = other.option.clone();
            generated.set(&option, mark, errors);
        }
        (_, Err(_)) => {
            if let Err(error) = mark {
                errors.add(error);
            }
        }
    }
}
