//! What `global_index(…)` and `local_index(…)` say, as it is written.

use proc_macro2::Ident;
use syn::{Error, Expr, LitStr, Result};

use super::named;
use crate::args::{self, Arg};
use crate::errors::Errors;
use crate::once::Once;

/// Which options an index has.
pub(super) struct Grammar {
    owner: &'static str,
    options: &'static [&'static str],
}

pub(super) const GLOBAL: Grammar =
    Grammar { owner: "a global index", options: &["hash_key", "range_key", "projection", "name"] };

pub(super) const LOCAL: Grammar = Grammar { owner: "a local index", options: &["range_key", "projection", "name"] };

/// An index as it is written.
pub(in crate::model) struct IndexOptions {
    pub(in crate::model) ident: Ident,
    pub(in crate::model) hash_key: Once<Vec<Ident>>,
    pub(in crate::model) range_key: Once<Vec<Ident>>,
    pub(in crate::model) projection: Once<ProjectionOption>,
    pub(in crate::model) name: Once<LitStr>,
}

/// `projection = …`.
#[derive(Clone)]
pub(in crate::model) enum ProjectionOption {
    All,
    KeysOnly,
    Include(Vec<Ident>),
}

impl IndexOptions {
    pub(super) fn read(arg: &Arg, grammar: &Grammar, errors: &mut Errors) -> Option<Self> {
        let (ident, args) = named(arg, errors)?;
        let mut index = Self {
            ident,
            hash_key: Once::default(),
            range_key: Once::default(),
            projection: Once::default(),
            name: Once::default(),
        };
        for arg in args {
            index.take(arg, grammar, errors);
        }
        Some(index)
    }

    fn take(&mut self, arg: &Arg, grammar: &Grammar, errors: &mut Errors) {
        let name = &arg.name;
        match name.to_string().as_str() {
            option if !grammar.options.contains(&option) => {
                errors.unknown_option(name, grammar.owner, grammar.options);
            }
            "hash_key" => self.hash_key.set(name, arg.idents(), errors),
            "range_key" => self.range_key.set(name, arg.idents(), errors),
            "projection" => self.projection.set(name, projection(arg), errors),
            _ => self.name.set(name, arg.text(), errors),
        }
    }
}

fn projection(arg: &Arg) -> Result<ProjectionOption> {
    match arg.expr()? {
        Expr::Path(path) if path.path.is_ident("all") => Ok(ProjectionOption::All),
        Expr::Path(path) if path.path.is_ident("keys_only") => Ok(ProjectionOption::KeysOnly),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("include")) => {
            if call.args.is_empty() {
                return Err(Error::new_spanned(call, "`include` without fields is `projection = keys_only`"));
            }
            call.args.iter().map(args::ident).collect::<Result<_>>().map(ProjectionOption::Include)
        }
        other => Err(Error::new_spanned(other, "a projection is `all`, `keys_only` or `include(field, …)`")),
    }
}
