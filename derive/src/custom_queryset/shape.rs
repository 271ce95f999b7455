//! The type parameters and the fields of a custom queryset.

use proc_macro2::Ident;
use syn::{Field, GenericArgument, GenericParam, Generics, PathArguments, PathSegment, Type};

use crate::ast::NamedStruct;
use crate::errors::Errors;

/// A struct with the type parameters `R` and `I` and one field of the type `QuerySet<Model, R, I>`.
pub(super) struct Shape<'a> {
    pub(super) generics: &'a Generics,
    /// Name of the field with the queryset.
    pub(super) inner: &'a Ident,
    pub(super) model: &'a Type,
    pub(super) row: &'a Ident,
    pub(super) index: &'a Ident,
    /// The other fields.
    pub(super) state: Vec<&'a Field>,
}

pub(super) fn read<'a>(ast: &NamedStruct<'a>, generics: &'a Generics, errors: &mut Errors) -> Option<Shape<'a>> {
    let name = ast.ident;
    let mut querysets = ast.fields.iter().filter_map(|field| Some((field, arguments(&field.ty)?)));
    let Some((field, arguments)) = querysets.next() else {
        errors.at(name, format!("`{name}` has no queryset; add a field `queryset: QuerySet<Model, R, I>`"));
        return None;
    };
    if let Some((second, _)) = querysets.next() {
        let message = format!("`{name}` has two querysets; a custom queryset has one, and state in its other fields");
        errors.at(&second.ty, message);
        return None;
    }
    let model = arguments.first().copied();
    let shown = model.map_or_else(|| "Model".to_owned(), |model| quote::quote!(#model).to_string());
    let [GenericParam::Type(row), GenericParam::Type(index)] = generics.params.iter().collect::<Vec<_>>()[..] else {
        let message = format!(
            "`{name}` needs two type parameters, the rows and the index, since builder methods change them; write \
             `struct {name}<R = {shown}, I = <{shown} as Model>::Primary>`"
        );
        errors.at(name, message);
        return None;
    };
    if !row.bounds.is_empty() || !index.bounds.is_empty() || generics.where_clause.is_some() {
        let message = format!(
            "the type parameters of `{name}` have no bounds, since every queryset of `{shown}` has to fit; write the bounds at \
             its methods"
        );
        errors.at(&generics.params, message);
        return None;
    }
    let (row, index) = (&row.ident, &index.ident);
    match (arguments.as_slice(), &field.ident) {
        (&[model, rows, over], Some(inner)) if is(rows, row) && is(over, index) => {
            let state = ast.fields.iter().copied().filter(|other| other.ident != field.ident).collect();
            Some(Shape { generics, inner, model, row, index, state })
        }
        _ => {
            let message = format!(
                "the rows and the index of the queryset are the type parameters of `{name}`, in their order; write \
                 `QuerySet<{shown}, {row}, {index}>`"
            );
            errors.at(&field.ty, message);
            None
        }
    }
}

/// Returns the type arguments of a `QuerySet`, or `None` for any other type.
fn arguments(ty: &Type) -> Option<Vec<&Type>> {
    let Type::Path(path) = ty else { return None };
    let PathSegment { ident, arguments } = path.path.segments.last()?;
    if ident != "QuerySet" {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = arguments else { return Some(Vec::new()) };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some(types.collect())
}

fn is(ty: &Type, parameter: &Ident) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident(parameter))
}
