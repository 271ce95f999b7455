//! Parsers of text from outside, and what holds for each input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use djamodb::expression::{self, ParseError, Path, Placeholders, Renderer};
use djamodb::model::datetime;
use djamodb::planner::LastEvaluatedKey;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Number};
use djamodb::{Settings, run::ChangePosition};
use fastrand::Rng;

use super::mutation::mutated;
use crate::models::{Event, database_with};

/// Number of inputs that each parser receives for one seed.
pub(super) const INPUTS_PER_SEED: u64 = 20;

type Check = dyn Fn(&str, &mut Rng) -> Result<(), String>;

/// A parser with texts that it accepts.
pub(super) struct Parser {
    pub(super) name: &'static str,
    texts: Vec<String>,
    /// Parses a text. Returns an error if an accepted text is not what it seems; a refused text is none.
    check: Box<Check>,
}

impl Parser {
    fn new(name: &'static str, texts: &[&str], check: impl Fn(&str) -> Result<(), String> + 'static) -> Self {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        Self { name, texts, check: Box::new(move |text, _| check(text)) }
    }

    /// Parses the inputs of one seed.
    pub(super) fn run(&self, seed: u64) -> Result<(), String> {
        let mut random = Rng::with_seed(seed);
        for _ in 0..INPUTS_PER_SEED {
            let text = mutated(&self.texts[random.usize(0..self.texts.len())], &mut random);
            catch_unwind(AssertUnwindSafe(|| (self.check)(&text, &mut random)))
                .unwrap_or_else(|_| Err("panics".to_owned()))
                .map_err(|failure| format!("{text:?}: {failure}"))?;
        }
        Ok(())
    }
}

pub(super) fn all() -> Vec<Parser> {
    vec![
        Parser::new("URL", URLS, |text| {
            if let Ok(settings) = Settings::from_url(text) {
                let _ = format!("{settings:?}");
            }
            Ok(())
        }),
        Parser::new("number", &["12.5", "-1e-130", "9.9999999999999999999999999999999999999e125", "0"], |text| {
            let Ok(number) = text.parse::<Number>() else { return Ok(()) };
            same(&number.to_string().parse(), &Ok(number))
        }),
        Parser::new("path", &["station.sensors[2].name", "a[0][1].b", "é.ü"], |text| {
            let Ok(path) = Path::parse(text) else { return Ok(()) };
            same(&Path::parse(&path.to_string()), &Ok(path))
        }),
        Parser::new("time", &["2014-01-02T03:04:05.678901+0000", "1970-01-01T00:00:00.000000+0000"], |text| {
            let Ok(time) = datetime::parse(text) else { return Ok(()) };
            let Ok(encoded) = time.encode_exact() else { return Ok(()) };
            same(&DateTime::<Utc>::decode(&encoded), &Ok(time))
        }),
        Parser::new("DynamoDB JSON", ITEMS, |text| {
            let Ok(item) = serde_json::from_str::<Item>(text) else { return Ok(()) };
            let written = serde_json::to_string(&item).map_err(|error| error.to_string())?;
            let _ = format!("{item:?}");
            same(&serde_json::from_str(&written).ok(), &Some(item))
        }),
        Parser::new(
            "JSON attribute",
            &[r#"{"a": [1, 2.5, null], "é": "\ud83d\ude00\n\"", "z": {"y": true}}"#],
            |text| {
                let Ok(value) = serde_json::Value::decode(&AttributeValue::s(text)) else { return Ok(()) };
                let encoded = value.encode().map_err(|error| error.to_string())?;
                same(&serde_json::Value::decode(&encoded), &Ok(value))
            },
        ),
        Parser::new("page token", PAGE_TOKENS, |text| {
            let Ok(token) = text.parse::<LastEvaluatedKey>() else { return Ok(()) };
            same(&token.to_string().parse().ok(), &Some(token.clone()))?;
            for events in [Event::objects().set_hash_key("a"), Event::objects().scan()] {
                let _ = events.set_last_evaluated_key(Some(token.clone())).explain();
            }
            Ok(())
        }),
        Parser::new("change position", CHANGE_POSITIONS, |text| {
            let Ok(position) = serde_json::from_str::<ChangePosition>(text) else { return Ok(()) };
            let written = serde_json::to_string(&position).map_err(|error| error.to_string())?;
            same(&serde_json::from_str(&written).ok(), &Some(position))
        }),
        Parser::new("condition expression", CONDITIONS, |text| {
            expression(text, |names, text| expression::Parser::new(names)?.condition(text), Renderer::condition)
        }),
        Parser::new("update expression", UPDATES, |text| {
            expression(text, |names, text| expression::Parser::new(names)?.update(text), Renderer::update)
        }),
        Parser::new("projection expression", &["a, b.c[1], #n.#n[0]"], |text| {
            expression(text, |names, text| expression::Parser::new(names)?.projection(text), Renderer::projection)
        }),
        Parser::new(
            "key condition expression",
            &["a = :v AND begins_with(#n, :v)", "#n BETWEEN :v AND :w AND a = :w"],
            |text| {
                let placeholders = placeholders();
                if let Ok(mut parser) = expression::Parser::new(&placeholders) {
                    let _ = parser.key_condition(text);
                }
                Ok(())
            },
        ),
        text_lookups(),
        cursors(),
    ]
}

const CONDITIONS: &[&str] = &[
    "a = :v AND (NOT #n.b[1] BETWEEN :v AND :w OR size(c) < :w) AND attribute_exists(a.#n)",
    "contains(a, :v) OR b IN (:v, :w, c) OR begins_with(#n, :v) AND attribute_type(a, :v)",
    "((((NOT NOT (NOT (a <> b))))))",
];

const UPDATES: &[&str] = &[
    "SET a = if_not_exists(b, :v) + :w, c[1] = list_append(:v, #n) REMOVE d, e.f ADD g :w DELETE h :v",
    "REMOVE a[0].b SET #n = a - :w",
];

fn placeholders() -> Placeholders {
    let mut placeholders = Placeholders::default();
    placeholders.names.insert("#n".into(), "name".into());
    placeholders.values.insert(":v".into(), AttributeValue::s("N"));
    placeholders.values.insert(":w".into(), AttributeValue::n(1));
    placeholders
}

/// Parses an expression. One that is accepted must be rendered as a text that parses to the same tree.
fn expression<T: PartialEq + std::fmt::Debug>(
    text: &str,
    parse: impl Fn(&Placeholders, &str) -> Result<T, ParseError>,
    render: impl Fn(&mut Renderer, &T) -> String,
) -> Result<(), String> {
    let Ok(tree) = parse(&placeholders(), text) else { return Ok(()) };
    let mut renderer = Renderer::new();
    let written = render(&mut renderer, &tree);
    let again = parse(&renderer.finish(), &written).map_err(|error| format!("{written:?} is refused: {error}"))?;
    same(&again, &tree)
}

const URLS: &[&str] = &[
    "memory://",
    "dynamodb://localhost:8000?region=eu-west-1&table_prefix=test_",
    "dynamodb://eu-central-1",
    "dynamodb+http://[::1]:8000",
    "rusoto://localhost:8000?timeout=5",
];

const ITEMS: &[&str] = &[
    r#"{"s": {"S": "é"}, "n": {"N": "-1.5"}, "b": {"B": "aGk="}, "t": {"BOOL": true}, "0": {"NULL": true}}"#,
    r#"{"m": {"M": {"l": {"L": [{"N": "1"}, {"L": []}]}}}, "ss": {"SS": ["a", "b"]}, "ns": {"NS": ["1", "2.5"]}, "bs": {"BS": ["eg=="]}}"#,
];

const PAGE_TOKENS: &[&str] =
    &[r#"{"device":{"S":"a"},"at":{"N":"10"}}"#, r#"{"device":{"S":"a"},"at":{"N":"10"},"kind":{"S":"b"}}"#];

const CHANGE_POSITIONS: &[&str] = &[
    r#"{"stream_arn":"arn:aws:dynamodb:local:0:table/events/stream/1","shards":{"shardId-1":{"After":"100"},"shardId-2":"Finished"}}"#,
];

/// Lookups given as text: the input is the name, and values are chosen at random.
fn text_lookups() -> Parser {
    const NAMES: [&str; 8] = [
        "device",
        "at__in",
        "level__between",
        "kind__startswith",
        "tags__contains",
        "urgent",
        "note__exists",
        "size__gte",
    ];
    const VALUES: [&str; 8] = ["1", "a", "[1, 2]", r#"["a", "b"]"#, "true", "1e400", "", "[[[["];
    let check = |name: &str, random: &mut Rng| {
        let values = (0..random.usize(0..3)).map(|_| mutated(VALUES[random.usize(0..VALUES.len())], random));
        let values: Vec<String> = values.collect();
        let parsed = Event::schema().text_lookup(name, values.clone());
        let explained = Event::objects().set_hash_key("a").filter_lookup(name, values).explain();
        match (parsed, explained) {
            (Ok(_), Err(error)) => Err(format!("is a lookup, but cannot be planned: {error}")),
            (Err(_), Ok(_)) => Err("is no lookup, but is planned".to_owned()),
            _ => Ok(()),
        }
    };
    Parser { name: "text lookup", texts: NAMES.map(str::to_owned).into(), check: Box::new(check) }
}

/// Tokens of cursors: the input is the content or the text of a token.
fn cursors() -> Parser {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (db, tokens) = runtime.block_on(async {
        let db = database_with("a", 20).await;
        Event::new("b", 5).save(&db).await.unwrap();
        let page = events().cursor().page(&db).await.unwrap();
        (db, [page.next.unwrap()])
    });
    let check = move |text: &str, random: &mut Rng| {
        // The key comes after the version and the fingerprint.
        let mut content = URL_SAFE_NO_PAD.decode(&tokens[0]).unwrap();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(9..content.len());
            match random.u8(0..3) {
                0 => content[at] = random.u8(..),
                1 => content.insert(at, random.u8(..)),
                _ if content.len() > 10 => drop(content.remove(at)),
                _ => {}
            }
        }
        let forged = URL_SAFE_NO_PAD.encode(content);
        for token in [text.to_owned(), forged] {
            for cursor in [events().cursor().after(token.as_str()), events().cursor().before(token.as_str())] {
                if let Ok(page) = runtime.block_on(cursor.page(&db))
                    && page.items.iter().any(|event| event.device != "a")
                {
                    return Err(format!("{token:?} reads another partition"));
                }
            }
        }
        Ok(())
    };
    let texts = vec!["AAAA".to_owned(), URL_SAFE_NO_PAD.encode(b"\x01 12345678{}")];
    Parser { name: "cursor", texts, check: Box::new(check) }
}

fn events() -> QuerySet<Event> {
    Event::objects().set_hash_key("a").set_limit(3)
}

fn same<T: PartialEq + std::fmt::Debug>(found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("becomes {found:?} instead of {expected:?}")) }
}
