//! Unique fields.

use super::super::attr::{Generated, ModelOptions, UniqueTogether};
use super::{Discriminator, FieldsByName};
use crate::errors::Errors;
use crate::field::Field;

/// Returns the fields of each unique constraint: the fields with the option `unique`, then the lists of `unique_together`.
///
/// `has_no_range` is `true` if the hash key is the whole key of the table.
pub(super) fn check<'a>(
    fields: FieldsByName<'a>,
    options: &'a ModelOptions<'a>,
    has_no_range: bool,
    discriminator: Option<&Discriminator>,
    errors: &mut Errors,
) -> Vec<Vec<&'a Field<'a>>> {
    let mut constraints = Vec::new();
    let stored = options.fields.stored.iter().zip(&options.keys).zip(&options.generated);
    for ((field, keys), generated) in stored {
        let Some(unique) = keys.unique.get() else { continue };
        if keys.hash_key.is_given() && has_no_range {
            errors
                .at(unique, "the hash key is unique already, since it is the whole key of the table; remove `unique`");
        }
        if let Some(mark) = generated.as_ref().filter(|mark| !matches!(mark.value, Generated::Id(_))) {
            errors.at(unique, format!("a field with the option `{}` cannot be unique; remove `unique`", mark.option));
        }
        constraints.push(vec![field]);
    }
    for UniqueTogether { option, fields: names } in &options.unique_together {
        let together: Vec<_> = names.iter().filter_map(|name| fields.find(name, errors)).collect();
        if names.len() < 2 {
            errors.at(
                option,
                "`unique_together` takes at least two fields; for one, write `#[model(unique)]` at the field",
            );
        } else if let Some((_, name)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            errors.at(name, format!("`{name}` is named twice; remove one"));
        } else if together.len() == names.len() {
            constraints.push(together);
        }
    }
    check_names(&constraints, discriminator, errors);
    constraints
}

/// Refuses names that contain the separator of the keys of guard items.
fn check_names(constraints: &[Vec<&Field<'_>>], discriminator: Option<&Discriminator>, errors: &mut Errors) {
    let Some(first) = constraints.iter().flatten().next() else { return };
    for field in constraints.iter().flatten().filter(|field| field.name.contains(['#', '+'])) {
        let message = format!("the name `{}` of a unique attribute cannot contain `#` or `+`; rename it", field.name);
        errors.at(field.ident, message);
    }
    if let Some(discriminator) = discriminator.filter(|discriminator| discriminator.value.contains('#')) {
        let message = format!(
            "the discriminator value `{}` cannot contain `#`, since the model has a unique field; choose another",
            discriminator.value
        );
        errors.at(first.ident, message);
    }
}
