//! Placeholders of expressions.

use std::collections::HashMap;

use djamodb_core::expression::{Placeholders, Renderer};
use rusoto_dynamodb::AttributeValue as RusotoValue;

use super::value;

/// Names and values by placeholder. An empty map is `None`, because the service rejects empty maps.
pub(crate) struct RusotoPlaceholders {
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, RusotoValue>>,
}

impl From<Renderer> for RusotoPlaceholders {
    fn from(renderer: Renderer) -> Self {
        let Placeholders { names, values } = renderer.finish();
        Self {
            names: (!names.is_empty()).then(|| {
                names.into_iter().map(|(placeholder, name)| (placeholder, name.as_str().to_owned())).collect()
            }),
            values: (!values.is_empty()).then(|| {
                values.into_iter().map(|(placeholder, value)| (placeholder, value::to_rusoto(value))).collect()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::{Condition, Path};

    use super::*;

    #[test]
    fn empty_maps_are_none() {
        let placeholders = RusotoPlaceholders::from(Renderer::new());
        assert_eq!((placeholders.names, placeholders.values), (None, None));

        let mut renderer = Renderer::new();
        renderer.condition(&Condition::AttributeExists(Path::new("a")));
        let placeholders = RusotoPlaceholders::from(renderer);
        assert_eq!(placeholders.names, Some([("#0".to_owned(), "a".to_owned())].into()));
        assert_eq!(placeholders.values, None);
    }
}
