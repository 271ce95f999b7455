//! Lookups on the parts of composed keys, as lookups on the keys.
//!
//! A key that is composed of fields, such as `ORDER#{placed_at}#{number:08}`, has no lookups of its own: a queryset has lookups on the fields. As
//! far as the leading parts have known values, and the texts of the next part are ordered as its values, these are key conditions.

use std::borrow::Cow;

use super::fold::{Conjuncts, named_values, values_named};
use super::{PlanError, Request};
use crate::expression::Path;
use crate::model::{
    Filter, GUARD, IndexMeta, KeyTemplate, Lookup, LookupOperator, ModelSchema, TemplateBound, TemplatePart,
    TemplatePrefix, registered,
};
use crate::value::{AttributeValue, Name};

/// Maximum number of keys to which lists of values of the parts of one key expand.
const KEYS_MAX: usize = 1000;

/// Returns the filter with lookups on the key attributes of an index in place of those on their parts, and with the discriminator of the
/// model where the index's keys can be those of other models.
pub(super) fn with_key_lookups<'f>(
    request: &Request,
    index: &IndexMeta,
    conjuncts: &'f [Cow<'f, Filter>],
) -> Cow<'f, [Cow<'f, Filter>]> {
    let schema = request.schema;
    if schema.templates.is_empty() && schema.discriminator.is_none() && request.members.is_none() {
        return Cow::Borrowed(conjuncts);
    }
    let is_implied = vec![false; conjuncts.len()];
    let mut conversion = Conversion { conjuncts, is_implied, lookups: Vec::new() };
    // The hash key that is set is that of the table and its local indexes, or of the index of the queryset.
    let is_set = request.hash_key.is_some() && (request.index.name == index.name || index.local);
    if !is_set {
        for attribute in &index.key.hash {
            if let Some(template) = schema.template(&attribute.name) {
                conversion.add_texts(template);
            }
        }
    }
    if let Some(members) = &request.members {
        conversion.lookups.extend(of_members(members));
        return Cow::Owned(conversion.into_conjuncts());
    }
    let reads_partitions =
        request.hash_key.is_some() || index.key.hash.iter().all(|attribute| conversion.names(&attribute.name));
    for attribute in &index.key.range {
        if let Some(template) = schema.template(&attribute.name).filter(|_| reads_partitions) {
            conversion.add_range(template);
        }
    }
    if !(reads_partitions && are_keys_of_model(schema, index))
        && let Some(discriminator) = &schema.discriminator
    {
        let operator = LookupOperator::Eq(discriminator.attribute_value());
        conversion.lookups.push(lookup(&discriminator.attribute, operator));
    }
    Cow::Owned(conversion.into_conjuncts())
}

/// Returns the lookup that an item is of one of several models, if all of them have one discriminator.
fn of_members(members: &[&'static ModelSchema]) -> Option<Filter> {
    let discriminators: Option<Vec<_>> = members.iter().map(|member| member.discriminator.as_ref()).collect();
    let discriminators = discriminators?;
    let attribute = &discriminators.first()?.attribute;
    let values = discriminators.iter().map(|found| (found.attribute == *attribute).then(|| found.attribute_value()));
    Some(lookup(attribute, LookupOperator::In(values.collect::<Option<_>>()?)))
}

/// Returns the attribute that a lookup must name, so that a hash attribute has a value: the first of its parts that has none if it is composed.
pub(super) fn missing_lookup(schema: &ModelSchema, attribute: &Name, lookups: &[Cow<'_, Filter>]) -> Name {
    let mut parts = schema.template(attribute).into_iter().flat_map(KeyTemplate::parts).map(TemplatePart::attribute);
    parts.find(|part| named_values(lookups, part).is_none()).unwrap_or(attribute).clone()
}

/// Checks that the models of a collection share their table and the composition of its hash key, and that each item is of one of them.
pub(super) fn check_members(request: &Request) -> Result<(), PlanError> {
    let Some(members) = &request.members else { return Ok(()) };
    let hash = |schema: &ModelSchema| {
        let name = &schema.table.key.hash[0].name;
        (name.clone(), schema.template(name).map_or_else(String::new, KeyTemplate::to_string))
    };
    for member in members.iter() {
        if member.table.name != request.schema.table.name || hash(member) != hash(request.schema) {
            return Err(PlanError::CollectionMembers { first: request.schema.model, second: member.model });
        }
    }
    for (position, first) in members.iter().enumerate() {
        if let Some(second) = members[position + 1..].iter().find(|second| !are_distinguished(first, second)) {
            return Err(PlanError::AlikeMembers { first: first.model, second: second.model });
        }
    }
    Ok(())
}

/// Returns `true` if no item is of both models.
fn are_distinguished(first: &ModelSchema, second: &ModelSchema) -> bool {
    let by_discriminator = match (&first.discriminator, &second.discriminator) {
        (Some(first), Some(second)) => first.attribute == second.attribute && first.value != second.value,
        _ => false,
    };
    by_discriminator || first.table.key.names().any(|name| are_disjoint(first, second, name))
}

struct Conversion<'f> {
    /// The lookups and filters that all must be true.
    conjuncts: &'f [Cow<'f, Filter>],
    /// `true` for each of them that the added lookups imply.
    is_implied: Vec<bool>,
    /// The lookups on key attributes.
    lookups: Vec<Filter>,
}

impl<'f> Conversion<'f> {
    fn into_conjuncts(self) -> Conjuncts<'f> {
        let rest = self.conjuncts.iter().zip(self.is_implied).filter(|(_, is_implied)| !is_implied);
        let rest = rest.map(|(filter, _)| Cow::Borrowed(filter.as_ref()));
        rest.chain(self.lookups.into_iter().map(Cow::Owned)).collect()
    }

    /// Returns `true` if a lookup names the values of an attribute.
    fn names(&self, name: &Name) -> bool {
        self.lookups
            .iter()
            .chain(self.conjuncts.iter().map(AsRef::as_ref))
            .any(|filter| values_named(filter, name).is_some())
    }

    /// Returns the values that lookups name for an attribute.
    fn values(&self, name: &Name) -> Option<Vec<AttributeValue>> {
        named_values(self.conjuncts, name)
    }

    /// Marks the lookups that name the values of an attribute as implied.
    fn imply_values(&mut self, name: &Name) {
        for (filter, is_implied) in self.conjuncts.iter().zip(&mut self.is_implied) {
            *is_implied |= values_named(filter, name).is_some();
        }
    }

    /// Adds the texts of a key of which all parts have known values. Returns `true` if they have.
    fn add_texts(&mut self, template: &KeyTemplate) -> bool {
        let mut prefixes = vec![template.start()];
        for part in template.parts() {
            let Some(values) = self.values(part.attribute()) else { return false };
            if prefixes.len().saturating_mul(values.len()) > KEYS_MAX {
                return false;
            }
            // A value without a text is one that no item has.
            prefixes = prefixes
                .iter()
                .flat_map(|prefix| values.iter().filter_map(|value| template.extend(prefix, value).ok()))
                .collect();
        }
        for part in template.parts() {
            self.imply_values(part.attribute());
        }
        let mut texts: Vec<AttributeValue> =
            prefixes.into_iter().map(|prefix| AttributeValue::S(prefix.text)).collect();
        let operator = match texts.len() {
            1 => LookupOperator::Eq(texts.remove(0)),
            _ => LookupOperator::In(texts),
        };
        self.lookups.push(lookup(template.name(), operator));
        true
    }

    fn add_range(&mut self, template: &KeyTemplate) {
        if self.add_texts(template) {
            return;
        }
        let mut prefix = template.start();
        while let Some(part) = template.next_part(&prefix) {
            let Some([value]) = self.values(part.attribute()).as_deref().map(<[_]>::to_vec).and_then(one) else {
                break;
            };
            let Ok(extended) = template.extend(&prefix, &value) else {
                // No item has this value.
                self.lookups.push(lookup(template.name(), LookupOperator::In(Vec::new())));
                return;
            };
            self.imply_values(part.attribute());
            prefix = extended;
        }
        self.add_bounds(template, &prefix);
    }

    /// Adds the bounds of the next part, or the prefix.
    fn add_bounds(&mut self, template: &KeyTemplate, prefix: &TemplatePrefix) {
        let Some(part) = template.next_part(prefix) else { return };
        let (mut low, mut high, mut start): (Option<TemplateBound>, Option<TemplateBound>, Option<String>) =
            (None, None, None);
        for (position, filter) in self.conjuncts.iter().enumerate() {
            let Filter::Lookup(Lookup { path, operator }) = filter.as_ref() else { continue };
            if path.as_attribute() != Some(part.attribute()) {
                continue;
            }
            let bounds = |low: Option<(&AttributeValue, bool)>, high: Option<(&AttributeValue, bool)>| {
                let low = low.map(|(value, inclusive)| template.low(prefix, value, inclusive));
                (low, high.map(|(value, inclusive)| template.high(prefix, value, inclusive)))
            };
            let (new_low, new_high) = match operator {
                LookupOperator::Gt(value) => bounds(Some((value, false)), None),
                LookupOperator::Gte(value) => bounds(Some((value, true)), None),
                LookupOperator::Lt(value) => bounds(None, Some((value, false))),
                LookupOperator::Lte(value) => bounds(None, Some((value, true))),
                LookupOperator::Between(from, to) => bounds(Some((from, true)), Some((to, true))),
                LookupOperator::StartsWith(value) if start.is_none() => {
                    if let Some((text, exact)) = template.starting_with(prefix, value) {
                        start = Some(text);
                        self.is_implied[position] = exact;
                    }
                    continue;
                }
                _ => continue,
            };
            let is_exact = |bound: &Option<Option<TemplateBound>>| {
                bound.as_ref().is_none_or(|bound| bound.as_ref().is_some_and(|bound| bound.exact))
            };
            self.is_implied[position] = is_exact(&new_low) && is_exact(&new_high);
            if let Some(bound) = new_low.flatten()
                && low.as_ref().is_none_or(|low| (&bound.text, !bound.inclusive) > (&low.text, !low.inclusive))
            {
                low = Some(bound);
            }
            if let Some(bound) = new_high.flatten()
                && high.as_ref().is_none_or(|high| (&bound.text, bound.inclusive) < (&high.text, high.inclusive))
            {
                high = Some(bound);
            }
        }
        self.push_bounds(template, prefix, low, high, start);
    }

    fn push_bounds(
        &mut self,
        template: &KeyTemplate,
        prefix: &TemplatePrefix,
        low: Option<TemplateBound>,
        high: Option<TemplateBound>,
        start: Option<String>,
    ) {
        let mut push = |operator| self.lookups.push(lookup(template.name(), operator));
        if let Some(start) = start {
            push(LookupOperator::StartsWith(AttributeValue::S(start)));
        } else if low.is_none() && high.is_none() {
            push(LookupOperator::StartsWith(AttributeValue::s(&*prefix.text)));
            return;
        }
        if low.is_none() && high.is_none() {
            return;
        }
        // Both ends are given, so that the condition is one BETWEEN.
        let (low, low_inclusive) = low.map_or_else(|| (prefix.text.clone(), true), |low| (low.text, low.inclusive));
        let (high, high_inclusive) =
            high.map_or_else(|| (KeyTemplate::end(prefix), true), |high| (high.text, high.inclusive));
        let (low, high) = (AttributeValue::S(low), AttributeValue::S(high));
        push(if low_inclusive { LookupOperator::Gte(low) } else { LookupOperator::Gt(low) });
        push(if high_inclusive { LookupOperator::Lte(high) } else { LookupOperator::Lt(high) });
    }
}

/// Returns `true` if the items of a partition of an index are ordered by the attribute at `path`: it is the first range attribute, or the part of
/// it that follows those to which the filter gives one value each.
pub(super) fn is_ordered_by(
    schema: &ModelSchema,
    index: &IndexMeta,
    path: &Path,
    conjuncts: &[Cow<'_, Filter>],
) -> bool {
    let (Some(name), Some(range)) = (path.as_attribute(), index.key.range.first()) else { return false };
    let Some(template) = schema.template(&range.name) else { return *name == range.name };
    if *name == range.name {
        return true;
    }
    let mut prefix = template.start();
    while let Some(part) = template.next_part(&prefix) {
        if part.attribute() == name {
            return part.is_ordered();
        }
        let value = named_values(conjuncts, part.attribute()).and_then(one);
        let Some(extended) = value.and_then(|[value]| template.extend(&prefix, &value).ok()) else { return false };
        prefix = extended;
    }
    false
}

/// Returns the only element.
fn one(values: Vec<AttributeValue>) -> Option<[AttributeValue; 1]> {
    values.try_into().ok()
}

fn lookup(name: &Name, operator: LookupOperator) -> Filter {
    Filter::Lookup(Lookup { path: Path::new(name), operator })
}

/// Returns `true` if the table has no other items with keys of this index that are composed as those of the model: if for one key attribute of
/// each other model, and of the guard items of unique values, neither text begins with the leading literal text of the other.
fn are_keys_of_model(schema: &ModelSchema, index: &IndexMeta) -> bool {
    registered().iter().filter(|other| other.table.name == schema.table.name).all(|other| {
        let is_of_model = *other == schema || index.key.names().any(|name| are_disjoint(schema, other, name));
        is_of_model && (!other.has_guards_in_table() || index.key.names().any(|name| is_no_guard_key(schema, name)))
    })
}

/// Returns `true` if no guard item has a key attribute like that of the model.
fn is_no_guard_key(schema: &ModelSchema, name: &Name) -> bool {
    if !schema.table.key.contains(name) {
        return true;
    }
    schema.template(name).is_some_and(|template| {
        let own = template.leading_literal();
        !own.starts_with(GUARD) && !GUARD.starts_with(own)
    })
}

fn are_disjoint(schema: &ModelSchema, other: &ModelSchema, name: &Name) -> bool {
    let Some(own) = schema.template(name) else { return false };
    let own = own.leading_literal();
    match other.template(name) {
        Some(template) => {
            let other = template.leading_literal();
            !own.starts_with(other) && !other.starts_with(own)
        }
        // An item without the attribute has no such key.
        None => other.attribute(name).is_none() && !other.table.key.contains(name),
    }
}
