//! Random requests as JSON, whose expressions are texts that may be broken.

use djamodb_core::plan::QueryPlan;
use djamodb_core::schema::TableSchema;
use djamodb_wire::RequestBytes;
use fastrand::Rng;
use serde_json::{Map, Value as Json};

use crate::operations::operation;
use crate::values::{once_in, one_of};

/// A request as text, and the plan that it was before its expressions were changed.
#[derive(Clone, Debug)]
pub(crate) struct TextRequest {
    pub(crate) plan: QueryPlan,
    pub(crate) target: String,
    pub(crate) body: Map<String, Json>,
}

/// Members that are expressions.
const EXPRESSIONS: [&str; 5] =
    ["ConditionExpression", "UpdateExpression", "FilterExpression", "ProjectionExpression", "KeyConditionExpression"];
const NAMES: &str = "ExpressionAttributeNames";
const VALUES: &str = "ExpressionAttributeValues";

/// Tokens that are put into texts.
const TOKENS: &[&str] = &[
    "AND",
    "OR",
    "NOT",
    "BETWEEN",
    "IN",
    "and",
    "Or",
    "not",
    "between",
    "in",
    "(",
    ")",
    "(",
    ")",
    ",",
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "size",
    "attribute_exists",
    "attribute_not_exists",
    "attribute_type",
    "begins_with",
    "contains",
    "SIZE",
    "SET",
    "REMOVE",
    "ADD",
    "DELETE",
    "set",
    "add",
    "+",
    "-",
    "if_not_exists",
    "list_append",
    "#0",
    "#1",
    "#x",
    ":0",
    ":1",
    ":x",
    "#",
    ":",
    "a",
    "b",
    "c",
    "list",
    "h",
    "r",
    "name",
    "status",
    "[0]",
    "[1]",
    "[",
    "]",
    ".",
    ".x",
    "1",
    "12",
    "\"a\"",
    "$",
    "ü",
    "_",
    "a_1",
    "#a-b",
    "if",
    "*",
    "/",
    "!",
];

/// Returns a random request on the table of `schema` with an expression, or `None` if the random operation has none.
pub(crate) fn text_request(random: &mut Rng, schema: &TableSchema) -> Option<TextRequest> {
    let plan = match operation(random, schema) {
        // A text has no pages of a few items, whose ends differ by the order of a scan.
        QueryPlan::Query(mut query) => {
            query.limit = None;
            query.exclusive_start_key = None;
            query.into()
        }
        QueryPlan::Scan(mut scan) => {
            scan.limit = None;
            scan.exclusive_start_key = None;
            scan.segment = None;
            scan.into()
        }
        plan
        @ (QueryPlan::PutItem(_) | QueryPlan::UpdateItem(_) | QueryPlan::DeleteItem(_) | QueryPlan::GetItem(_)) => plan,
        _ => return None,
    };
    let RequestBytes { target, body } = RequestBytes::write(&plan)?;
    let Ok(Json::Object(mut body)) = serde_json::from_slice(&body) else { return None };
    let expressions: Vec<&str> = EXPRESSIONS.into_iter().filter(|member| body.contains_key(*member)).collect();
    if expressions.is_empty() {
        return None;
    }
    for _ in 0..random.usize(..4) {
        let member = one_of(random, &expressions);
        if let Some(Json::String(text)) = body.get(member) {
            let changed = changed(random, text);
            body.insert(member.to_owned(), Json::String(changed));
        }
    }
    if random.bool() {
        spell_out_names(random, &mut body, &expressions);
    }
    change_placeholders(random, &mut body);
    Some(TextRequest { plan, target, body })
}

/// Splits a text into tokens and the spaces between them.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let kind = |character: char| match character {
        character if character.is_alphanumeric() || matches!(character, '#' | ':' | '_') => 0,
        ' ' => 1,
        _ => 2,
    };
    for character in text.chars() {
        match tokens.last_mut() {
            Some(token)
                if kind(character) < 2
                    && token.chars().next_back().is_some_and(|last| kind(last) == kind(character)) =>
            {
                token.push(character);
            }
            _ => tokens.push(character.to_string()),
        }
    }
    tokens
}

/// Returns the text with one change.
fn changed(random: &mut Rng, text: &str) -> String {
    let mut tokens = tokens(text);
    if tokens.is_empty() {
        return one_of(random, TOKENS).to_owned();
    }
    let at = random.usize(..tokens.len());
    match random.u32(..14) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, format!(" {} ", one_of(random, TOKENS))),
        2 => one_of(random, TOKENS).clone_into(&mut tokens[at]),
        3 => {
            let other = random.usize(..tokens.len());
            tokens.swap(at, other);
        }
        4 => tokens.insert(at, tokens[at].clone()),
        5 | 6 => {
            let end = random.usize(at..tokens.len());
            tokens.insert(end + 1, ")".to_owned());
            tokens.insert(at, "(".to_owned());
        }
        7 => return format!("({text})"),
        8 => return format!("(({text}))"),
        9 => tokens[at] = if random.bool() { tokens[at].to_lowercase() } else { tokens[at].to_uppercase() },
        10 => tokens.retain(|token| token != " " || random.bool()),
        11 => tokens.insert(at, one_of(random, &[" ", "\t", "\n", "  ", "\u{a0}"]).to_owned()),
        12 if once_in(random, 4) => {
            let times = one_of(random, &[10, 100, 200, 310]);
            return format!(
                "{text}{}",
                one_of(random, &[" OR a = b", " AND a < b", ", a", " AND NOT a = b"]).repeat(times)
            );
        }
        12 => tokens.truncate(at),
        _ if once_in(random, 6) => return String::new(),
        _ => tokens.push(format!(" {}", one_of(random, TOKENS))),
    }
    tokens.concat()
}

/// Replaces placeholders of names by the names themselves, and removes them if no text uses them.
fn spell_out_names(random: &mut Rng, body: &mut Map<String, Json>, expressions: &[&str]) {
    let Some(Json::Object(names)) = body.get(NAMES).cloned() else { return };
    let mut left = names.clone();
    for (placeholder, name) in &names {
        let Some(name) = name.as_str().filter(|_| random.bool()) else { continue };
        for member in expressions {
            if let Some(Json::String(text)) = body.get_mut(*member) {
                let spelt =
                    tokens(text).into_iter().map(|token| if token == *placeholder { name.to_owned() } else { token });
                *text = spelt.collect::<String>();
            }
        }
        if !once_in(random, 30) {
            left.remove(placeholder);
        }
    }
    set_or_remove(body, NAMES, left);
}

/// Adds, removes or renames placeholders, rarely.
fn change_placeholders(random: &mut Rng, body: &mut Map<String, Json>) {
    let (member, prefix) = one_of(random, &[(NAMES, "#"), (VALUES, ":")]);
    let value = |random: &mut Rng| {
        if member == NAMES {
            Json::from(one_of(random, &["a", "c", "name", ""]))
        } else {
            serde_json::json!({"N": "1"})
        }
    };
    if !once_in(random, 12) {
        return;
    }
    let mut map = match body.get(member) {
        Some(Json::Object(map)) => map.clone(),
        _ => Map::new(),
    };
    match random.u32(..4) {
        0 => {
            let value = value(random);
            map.insert(format!("{prefix}{}", one_of(random, &["x", "0", "9", "", "a-b", "ü"])), value);
        }
        1 => {
            let first = map.keys().next().cloned();
            first.and_then(|first| map.remove(&first));
        }
        2 => {
            let value = value(random);
            map.insert("x".to_owned(), value);
        }
        _ => map.clear(),
    }
    if random.bool() {
        body.insert(member.to_owned(), Json::Object(map));
    } else {
        set_or_remove(body, member, map);
    }
}

fn set_or_remove(body: &mut Map<String, Json>, member: &str, map: Map<String, Json>) {
    if map.is_empty() {
        body.remove(member);
    } else {
        body.insert(member.to_owned(), Json::Object(map));
    }
}
