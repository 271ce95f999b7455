//! Fields that writes fill in.

use std::collections::BTreeMap;

use super::super::attr::{Generated, ModelOptions};
use super::GeneratedField;
use crate::errors::Errors;

/// Returns the fields that writes fill in. A model has at most one version, one time of creation and one time of the last write.
pub(super) fn check<'a>(options: &'a ModelOptions<'a>, errors: &mut Errors) -> Vec<GeneratedField<'a>> {
    let mut seen = BTreeMap::new();
    let mut generated = Vec::new();
    for (field, mark) in options.fields.stored.iter().zip(&options.generated) {
        let Some(mark) = mark else { continue };
        let option = mark.option.to_string();
        if !matches!(mark.value, Generated::Id(_))
            && let Some(earlier) = seen.insert(option.clone(), field.rust_name())
        {
            let message =
                format!("`{earlier}` and `{}` both have the option `{option}`; remove it from one", field.rust_name());
            errors.at(&mark.option, message);
        }
        generated.push(GeneratedField { field, value: &mark.value });
    }
    generated
}
