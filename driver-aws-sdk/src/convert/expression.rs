//! Placeholders of expressions.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use djamodb_core::expression::{Placeholders, Renderer};

use super::value;

/// Names and values by placeholder. An empty map is `None`, because the service rejects empty maps.
pub(crate) struct SdkPlaceholders {
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, SdkValue>>,
}

impl From<Renderer> for SdkPlaceholders {
    fn from(renderer: Renderer) -> Self {
        let Placeholders { names, values } = renderer.finish();
        Self {
            names: (!names.is_empty()).then(|| {
                names.into_iter().map(|(placeholder, name)| (placeholder, name.as_str().to_owned())).collect()
            }),
            values: (!values.is_empty())
                .then(|| values.into_iter().map(|(placeholder, value)| (placeholder, value::to_sdk(value))).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::{Condition, Path};

    use super::*;

    #[test]
    fn empty_maps_are_none() {
        let placeholders = SdkPlaceholders::from(Renderer::new());
        assert_eq!((placeholders.names, placeholders.values), (None, None));

        let mut renderer = Renderer::new();
        renderer.condition(&Condition::AttributeExists(Path::new("a")));
        let placeholders = SdkPlaceholders::from(renderer);
        assert_eq!(placeholders.names, Some([("#0".to_owned(), "a".to_owned())].into()));
        assert_eq!(placeholders.values, None);
    }
}
