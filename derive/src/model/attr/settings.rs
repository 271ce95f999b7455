//! Settings of the table: billing, throughput, class, encryption, policy, tags, stream, recovery and protection.

use syn::{Error, Expr, ExprLit, ExprPath, Lit, LitStr, Result};

use crate::attribute_args::AttributeArg;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// The settings of the table, as Django's `Meta` has them. Each that is given takes precedence over the inherited settings.
#[derive(Default)]
pub(in crate::model) struct TableSettings {
    /// The constant whose settings the model inherits. The compiler checks its type.
    pub(in crate::model) inherited: UniqueOption<Expr>,
    pub(in crate::model) billing: UniqueOption<Billing>,
    pub(in crate::model) on_demand_maximum: UniqueOption<Units>,
    pub(in crate::model) warm_throughput: UniqueOption<Units>,
    pub(in crate::model) table_class: UniqueOption<TableClass>,
    pub(in crate::model) encryption: UniqueOption<Encryption>,
    pub(in crate::model) resource_policy: UniqueOption<Policy>,
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

/// `on_demand_maximum(…)` or `warm_throughput(…)`: read and write units per second.
#[derive(Clone, Default)]
pub(in crate::model) struct Units {
    pub(in crate::model) read: Option<u64>,
    pub(in crate::model) write: Option<u64>,
}

/// `encryption = …`.
pub(in crate::model) enum Encryption {
    AwsOwned,
    AwsManaged,
    CustomerManaged(LitStr),
}

/// `resource_policy = …`.
pub(in crate::model) enum Policy {
    /// A constant expression. The compiler checks that it is a text.
    Text(Expr),
    /// `none`.
    Off,
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
    pub(super) const NAMES: [&'static str; 11] = [
        "settings",
        "billing",
        "on_demand_maximum",
        "warm_throughput",
        "table_class",
        "encryption",
        "resource_policy",
        "tags",
        "stream",
        "point_in_time_recovery",
        "deletion_protection",
    ];

    /// Sets an option. Returns `false` if it is not one of these.
    pub(super) fn set(&mut self, arg: &AttributeArg, errors: &mut Errors) -> bool {
        let name = &arg.name;
        match name.to_string().as_str() {
            "settings" => self.inherited.set(name, inherited(arg), errors),
            "billing" => self.billing.set(name, billing(arg), errors),
            "on_demand_maximum" => self.on_demand_maximum.set(name, on_demand_maximum(arg), errors),
            "warm_throughput" => self.warm_throughput.set(name, units_in(arg), errors),
            "encryption" => self.encryption.set(name, encryption(arg), errors),
            "resource_policy" => self.resource_policy.set(name, resource_policy(arg), errors),
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
    match arg.expr()? {
        Expr::Path(path) if path.path.is_ident("pay_per_request") => Ok(Billing::PayPerRequest),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("provisioned")) => {
            let mut arguments = call.args.iter();
            match (arguments.next(), arguments.next(), arguments.next()) {
                (Some(read), Some(write), None) => Ok(Billing::Provisioned(units_of(read)?, units_of(write)?)),
                _ => Err(Error::new_spanned(
                    call,
                    "`provisioned` takes the read and the write units; write `provisioned(5, 1)`",
                )),
            }
        }
        other => Err(Error::new_spanned(other, "expected `pay_per_request` or `provisioned(read_units, write_units)`")),
    }
}

fn units_of(expr: &Expr) -> Result<u64> {
    let Expr::Lit(ExprLit { lit: Lit::Int(units), .. }) = expr else {
        return Err(Error::new_spanned(expr, "expected a number of units per second"));
    };
    match units.base10_parse()? {
        0 => Err(Error::new_spanned(units, "a table has at least 1 unit per second")),
        units => Ok(units),
    }
}

/// Returns the units of `on_demand_maximum(…)`, or none for `on_demand_maximum = none`.
fn on_demand_maximum(arg: &AttributeArg) -> Result<Units> {
    if is_none(arg) { Ok(Units::default()) } else { units_in(arg) }
}

/// Returns the units of `name(read = …, write = …)`, of which at least one is given.
fn units_in(arg: &AttributeArg) -> Result<Units> {
    let mut units = Units::default();
    let args = arg.list()?;
    for arg in args {
        let of = match arg.name.to_string().as_str() {
            "read" => &mut units.read,
            "write" => &mut units.write,
            _ => return Err(Error::new(arg.name.span(), "expected `read = …` or `write = …`")),
        };
        if of.is_some() {
            return Err(Error::new(arg.name.span(), format!("`{}` is given twice; remove one of them", arg.name)));
        }
        *of = Some(units_of(arg.expr()?)?);
    }
    if args.is_empty() {
        return Err(Error::new(
            arg.name.span(),
            format!("write `{}(read = 500, write = 100)`, or one of the two", arg.name),
        ));
    }
    Ok(units)
}

fn encryption(arg: &AttributeArg) -> Result<Encryption> {
    match arg.expr()? {
        Expr::Path(path) if path.path.is_ident("aws_owned") => Ok(Encryption::AwsOwned),
        Expr::Path(path) if path.path.is_ident("aws_managed") => Ok(Encryption::AwsManaged),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("customer_managed")) => {
            match (call.args.first(), call.args.len()) {
                (Some(Expr::Lit(ExprLit { lit: Lit::Str(key), .. })), 1) if !key.value().is_empty() => {
                    Ok(Encryption::CustomerManaged(key.clone()))
                }
                _ => Err(Error::new_spanned(
                    call,
                    "`customer_managed` takes a key or an alias; write `customer_managed(\"alias/orders\")`",
                )),
            }
        }
        other => Err(Error::new_spanned(other, "expected `aws_owned`, `aws_managed` or `customer_managed(\"key\")`")),
    }
}

fn resource_policy(arg: &AttributeArg) -> Result<Policy> {
    if is_none(arg) { Ok(Policy::Off) } else { arg.expr().cloned().map(Policy::Text) }
}

/// Returns `true` for `name = none`.
fn is_none(arg: &AttributeArg) -> bool {
    matches!(arg.expr(), Ok(Expr::Path(ExprPath { path, .. })) if path.is_ident("none"))
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
    if is_none(tag) { Ok(None) } else { tag.text().map(Some) }
}
