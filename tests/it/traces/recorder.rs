//! A subscriber that keeps spans and events.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, set_global_default};
use tracing::{Event, Metadata, Subscriber};

/// The text of each field by its name.
pub(crate) type Fields = BTreeMap<&'static str, String>;

/// A span or an event. Events have the name of their message.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) target: &'static str,
    pub(crate) level: String,
    /// Position of the enclosing span among all spans.
    pub(crate) parent: Option<usize>,
    pub(crate) fields: Fields,
}

#[derive(Default)]
struct Recorded {
    spans: Vec<Entry>,
    events: Vec<Entry>,
    /// Positions of the entered spans, the innermost last.
    entered: Vec<usize>,
}

/// Keeps spans and events of djamodb.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Recorded>>);

struct FieldVisitor<'a>(&'a mut Fields);

impl Visit for FieldVisitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

/// The subscriber of threads without a recorder. It records nothing.
///
/// `tracing` caches for each callsite whether a subscriber is interested. Without this one, a callsite that another test reaches
/// first, while no recorder exists, can be cached as disabled.
struct Unrecorded;

impl Subscriber for Unrecorded {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Recorder {
    /// Returns an empty recorder.
    pub(crate) fn new() -> Self {
        static GLOBAL: Once = Once::new();
        GLOBAL.call_once(|| set_global_default(Unrecorded).expect("no other subscriber is the default"));
        Self::default()
    }

    pub(crate) fn spans(&self) -> Vec<Entry> {
        self.0.lock().unwrap().spans.clone()
    }

    pub(crate) fn events(&self) -> Vec<Entry> {
        self.0.lock().unwrap().events.clone()
    }
}

fn entry(metadata: &'static Metadata<'static>, parent: Option<usize>) -> Entry {
    let (name, level) = (metadata.name().to_owned(), metadata.level().to_string());
    Entry { name, target: metadata.target(), level, parent, fields: Fields::new() }
}

fn position(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("djamodb")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut recorded = self.0.lock().unwrap();
        let parent = attributes.parent().map(position).or_else(|| recorded.entered.last().copied());
        let mut entry = entry(attributes.metadata(), parent);
        attributes.record(&mut FieldVisitor(&mut entry.fields));
        recorded.spans.push(entry);
        Id::from_u64(recorded.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut FieldVisitor(&mut self.0.lock().unwrap().spans[position(span)].fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut recorded = self.0.lock().unwrap();
        let parent = event.parent().map(position).or_else(|| recorded.entered.last().copied());
        let mut entry = entry(event.metadata(), parent);
        event.record(&mut FieldVisitor(&mut entry.fields));
        entry.name = entry.fields.remove("message").unwrap_or_default();
        recorded.events.push(entry);
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(position(span));
    }

    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().entered.pop();
    }
}
