//! Options of `global_index(…)` and `local_index(…)`, as written.

use proc_macro2::Ident;
use syn::{Error, Expr, LitStr, Result};

use super::KeyArg;
use crate::attribute_args::{self, AttributeArg};
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// Names of the options of a kind of index.
pub(super) struct IndexGrammar {
    owner: &'static str,
    options: &'static [&'static str],
}

pub(super) const GLOBAL: IndexGrammar =
    IndexGrammar { owner: "a global index", options: &["hash_key", "range_key", "projection", "name"] };

pub(super) const LOCAL: IndexGrammar =
    IndexGrammar { owner: "a local index", options: &["range_key", "projection", "name"] };

/// An index and its options.
pub(in crate::model) struct IndexOptions {
    pub(in crate::model) ident: Ident,
    pub(in crate::model) hash_key: UniqueOption<Vec<KeyArg>>,
    pub(in crate::model) range_key: UniqueOption<Vec<KeyArg>>,
    pub(in crate::model) projection: UniqueOption<ProjectionArg>,
    pub(in crate::model) name: UniqueOption<LitStr>,
}

/// `projection = …`.
#[derive(Clone)]
pub(in crate::model) enum ProjectionArg {
    All,
    KeysOnly,
    Include(Vec<Ident>),
}

impl IndexOptions {
    pub(super) fn read(arg: &AttributeArg, grammar: &IndexGrammar, errors: &mut Errors) -> Option<Self> {
        let (ident, args) = arg.named(errors)?;
        let mut index = Self {
            ident,
            hash_key: UniqueOption::default(),
            range_key: UniqueOption::default(),
            projection: UniqueOption::default(),
            name: UniqueOption::default(),
        };
        for arg in args {
            index.set(arg, grammar, errors);
        }
        Some(index)
    }

    fn set(&mut self, arg: &AttributeArg, grammar: &IndexGrammar, errors: &mut Errors) {
        let name = &arg.name;
        match name.to_string().as_str() {
            option if !grammar.options.contains(&option) => {
                errors.unknown_option(name, grammar.owner, grammar.options);
            }
            "hash_key" => set_key(&mut self.hash_key, arg, errors),
            "range_key" => set_key(&mut self.range_key, arg, errors),
            "projection" => self.projection.set(name, projection(arg), errors),
            _ => self.name.set(name, arg.text(), errors),
        }
    }
}

/// Sets the attributes of a key. An attribute that cannot be read has an error of its own.
pub(super) fn set_key(key: &mut UniqueOption<Vec<KeyArg>>, arg: &AttributeArg, errors: &mut Errors) {
    let keys = KeyArg::read_all(arg, errors).unwrap_or_default();
    key.set(&arg.name, Ok(keys), errors);
}

fn projection(arg: &AttributeArg) -> Result<ProjectionArg> {
    match arg.expr()? {
        Expr::Path(path) if path.path.is_ident("all") => Ok(ProjectionArg::All),
        Expr::Path(path) if path.path.is_ident("keys_only") => Ok(ProjectionArg::KeysOnly),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("include")) => {
            if call.args.is_empty() {
                return Err(Error::new_spanned(
                    call,
                    "`include` needs at least one field; to include none, write `projection = keys_only`",
                ));
            }
            call.args.iter().map(attribute_args::ident).collect::<Result<_>>().map(ProjectionArg::Include)
        }
        other => Err(Error::new_spanned(other, "expected `all`, `keys_only` or `include(field, …)`")),
    }
}
