//! Limits of DynamoDB that are checked when a model is compiled.
//!
//! A procedural macro does not depend on `djamodb-core`, so the figures are repeated here. The test compares them with
//! `djamodb_core::service::limits`.

pub(crate) const TABLE_NAME_CHARACTERS_MIN: usize = 3;
pub(crate) const TABLE_NAME_CHARACTERS_MAX: usize = 255;
pub(crate) const LOCAL_INDEXES_MAX: usize = 5;
pub(crate) const GLOBAL_INDEXES_MAX: usize = 20;
/// Maximum number of hash attributes, and likewise of range attributes, in the key of a global index.
pub(crate) const INDEX_KEY_ATTRIBUTES_MAX: usize = 4;

#[cfg(test)]
mod tests {
    use djamodb::service::limits;

    #[test]
    fn limits_are_those_of_core() {
        assert_eq!(super::TABLE_NAME_CHARACTERS_MIN, limits::TABLE_NAME_CHARACTERS_MIN);
        assert_eq!(super::TABLE_NAME_CHARACTERS_MAX, limits::TABLE_NAME_CHARACTERS_MAX);
        assert_eq!(super::LOCAL_INDEXES_MAX, limits::LOCAL_INDEXES_MAX);
        assert_eq!(super::GLOBAL_INDEXES_MAX, limits::GLOBAL_INDEXES_MAX);
        assert_eq!(super::INDEX_KEY_ATTRIBUTES_MAX, limits::INDEX_KEY_ATTRIBUTES_MAX);
    }
}
