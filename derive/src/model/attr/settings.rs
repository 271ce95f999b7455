//! Settings of the table: billing, class, tags, stream, recovery and protection.

use syn::{Error, Expr, ExprLit, ExprPath, Lit, LitInt, LitStr, Result};

use crate::attribute_args::AttributeArg;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// The settings of the table, as Django's `Meta` has them. Each that is given takes precedence over the inherited settings.
#[derive(Default)]
pub(in crate::model) struct TableSettings {
    /// The constant whose settings the model inherits. The compiler checks its type.
    pub(in crate::model) inherited: UniqueOption<Expr>,
    pub(in crate::model) billing: UniqueOption<Billing>,
    pub(in crate::model) table_class: UniqueOption<TableClass>,
    /// Keys of the tags and their values, `None` for a tag that the table does not have.
    pub(in crate::model) tags: Vec<(String, Option<LitStr>)>,
    pub(in crate::model) stream: UniqueOption<Stream>,
    pub(in crate::model) point_in_time_recovery: UniqueOption<bool>,
    pub(in crate::model) deletion_protection: UniqueOption<bool>,
}

/// `billing = …`.
#[derive(Clone)]
pub(in crate::model) enum Billing {
    PayPerRequest,
    /// Read and write units per second.
    Provisioned(u64, u64),
}

/// `table_class = …`, as the name of a variant of `schema::TableClass`.
pub(in crate::model) struct TableClass(pub(in crate::model) &'static str);

/// `stream = …`.
pub(in crate::model) enum Stream {
    /// The name of a variant of `schema::StreamView`.
    View(&'static str),
    /// `none`.
    Off,
}

/// Maximum number of tags of a table.
const TAGS_MAX: usize = 50;

impl TableSettings {
    pub(super) const NAMES: [&'static str; 7] =
        ["settings", "billing", "table_class", "tags", "stream", "point_in_time_recovery", "deletion_protection"];

    /// Sets an option. Returns `false` if it is not one of these.
    pub(super) fn set(&mut self, arg: &AttributeArg, errors: &mut Errors) -> bool {
        let name = &arg.name;
        match name.to_string().as_str() {
            "settings" => self.inherited.set(name, inherited(arg), errors),
            "billing" => self.billing.set(name, billing(arg), errors),
            "table_class" => self.table_class.set(name, table_class(arg), errors),
            "tags" => self.add_tags(arg, errors),
            "stream" => self.stream.set(name, stream(arg), errors),
            "point_in_time_recovery" => self.point_in_time_recovery.set(name, arg.switch(), errors),
            "deletion_protection" => self.deletion_protection.set(name, arg.switch(), errors),
            _ => return false,
        }
        true
    }

    fn add_tags(&mut self, arg: &AttributeArg, errors: &mut Errors) {
        let tags = match arg.list() {
            Ok(tags) => tags,
            Err(error) => return errors.add(error),
        };
        for tag in tags {
            let key = tag.name.to_string();
            match tag_value(tag) {
                Ok(_) if self.tags.iter().any(|(earlier, _)| *earlier == key) => {
                    errors.at(&tag.name, format!("the tag `{key}` is given twice; remove one of them"));
                }
                Ok(value) => self.tags.push((key, value)),
                Err(error) => errors.add(error),
            }
        }
        if self.tags.len() > TAGS_MAX {
            errors
                .at(&arg.name, format!("a table has at most {TAGS_MAX} tags, but this model has {}", self.tags.len()));
        }
    }
}

fn inherited(arg: &AttributeArg) -> Result<Expr> {
    match arg.expr()? {
        Expr::Lit(literal) => {
            Err(Error::new_spanned(literal, "expected a constant of the type `djamodb::schema::TableSettings`"))
        }
        expr => Ok(expr.clone()),
    }
}

fn billing(arg: &AttributeArg) -> Result<Billing> {
    let units = |expr: &Expr| match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(units), .. }) => units_of(units),
        other => Err(Error::new_spanned(other, "expected a number of units per second")),
    };
    match arg.expr()? {
        Expr::Path(path) if path.path.is_ident("pay_per_request") => Ok(Billing::PayPerRequest),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("provisioned")) => {
            let mut arguments = call.args.iter();
            match (arguments.next(), arguments.next(), arguments.next()) {
                (Some(read), Some(write), None) => Ok(Billing::Provisioned(units(read)?, units(write)?)),
                _ => Err(Error::new_spanned(
                    call,
                    "`provisioned` takes the read and the write units; write `provisioned(5, 1)`",
                )),
            }
        }
        other => Err(Error::new_spanned(other, "expected `pay_per_request` or `provisioned(read_units, write_units)`")),
    }
}

fn units_of(units: &LitInt) -> Result<u64> {
    match units.base10_parse()? {
        0 => Err(Error::new_spanned(units, "a table has at least 1 unit per second")),
        units => Ok(units),
    }
}

fn table_class(arg: &AttributeArg) -> Result<TableClass> {
    let ident = arg.ident()?;
    match ident.to_string().as_str() {
        "standard" => Ok(TableClass("Standard")),
        "standard_infrequent_access" => Ok(TableClass("StandardInfrequentAccess")),
        _ => Err(Error::new(ident.span(), "expected `standard` or `standard_infrequent_access`")),
    }
}

fn stream(arg: &AttributeArg) -> Result<Stream> {
    let ident = arg.ident()?;
    match ident.to_string().as_str() {
        "keys_only" => Ok(Stream::View("KeysOnly")),
        "new_image" => Ok(Stream::View("NewImage")),
        "old_image" => Ok(Stream::View("OldImage")),
        "new_and_old_images" => Ok(Stream::View("NewAndOldImages")),
        "none" => Ok(Stream::Off),
        _ => Err(Error::new(
            ident.span(),
            "expected `keys_only`, `new_image`, `old_image`, `new_and_old_images` or `none`",
        )),
    }
}

/// Returns the value of a tag, or `None` for `key = none`.
fn tag_value(tag: &AttributeArg) -> Result<Option<LitStr>> {
    if let Ok(Expr::Path(ExprPath { path, .. })) = tag.expr()
        && path.is_ident("none")
    {
        return Ok(None);
    }
    tag.text().map(Some)
}
