//! Settings of the table: billing, tags, recovery and protection.

use syn::{Error, Expr, ExprLit, Lit, LitInt, LitStr, Result};

use crate::attribute_args::AttributeArg;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// The settings of the table, as Django's `Meta` has them.
#[derive(Default)]
pub(in crate::model) struct TableSettings {
    pub(in crate::model) billing: UniqueOption<Billing>,
    /// Keys and values of the tags.
    pub(in crate::model) tags: Vec<(String, LitStr)>,
    pub(in crate::model) point_in_time_recovery: UniqueOption<()>,
    pub(in crate::model) deletion_protection: UniqueOption<()>,
}

/// `billing = …`.
#[derive(Clone)]
pub(in crate::model) enum Billing {
    PayPerRequest,
    /// Read and write units per second.
    Provisioned(u64, u64),
}

/// Maximum number of tags of a table.
const TAGS_MAX: usize = 50;

impl TableSettings {
    pub(super) const NAMES: [&'static str; 4] = ["billing", "tags", "point_in_time_recovery", "deletion_protection"];

    /// Sets an option. Returns `false` if it is not one of these.
    pub(super) fn set(&mut self, arg: &AttributeArg, errors: &mut Errors) -> bool {
        let name = &arg.name;
        match name.to_string().as_str() {
            "billing" => self.billing.set(name, billing(arg), errors),
            "tags" => self.add_tags(arg, errors),
            "point_in_time_recovery" => self.point_in_time_recovery.set(name, arg.word(), errors),
            "deletion_protection" => self.deletion_protection.set(name, arg.word(), errors),
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
            match tag.text() {
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
