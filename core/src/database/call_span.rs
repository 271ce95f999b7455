//! A call of a model, queryset or table method: its tracing span, and advice on its errors. The fields of the span are listed in
//! `docs/TRACING.md`.

use tracing::field::{Empty, display};
use tracing::{Instrument as _, Span};

use super::{Database, advise};
use crate::error::Error;
use crate::model::{IndexMeta, Model, ModelSchema};

/// The span of one call. The request spans of its requests are its children.
#[derive(Debug)]
pub(crate) struct CallSpan {
    span: Span,
    /// The model and its database, unless the call concerns the tables of several models.
    target: Option<(&'static ModelSchema, Database)>,
}

impl CallSpan {
    /// Opens the span of a method of the model `M`.
    pub(crate) fn of_model<M: Model>(db: &Database, method: &'static str) -> Self {
        let schema = M::schema();
        Self::of_index(db, schema, schema.primary(), method)
    }

    /// Opens the span of a method that reads an index of a model, or its table.
    pub(crate) fn of_index(
        db: &Database,
        schema: &'static ModelSchema,
        index: &IndexMeta,
        method: &'static str,
    ) -> Self {
        let call = Self { target: Some((schema, db.clone())), ..Self::of_tables(method) };
        if !call.span.is_disabled() {
            call.span.record("djamodb.model", schema.model);
            call.span.record("otel.name", display(format_args!("{}.{method}", schema.model)));
            call.span.record("db.collection.name", db.defaults().table_name(&schema.table.name).as_str());
            if let Some(name) = &index.name {
                call.span.record("aws.dynamodb.index_name", name.as_str());
            }
        }
        call
    }

    /// Opens the span of a method on the tables of several models. Nothing is computed unless a subscriber has enabled it.
    pub(crate) fn of_tables(method: &'static str) -> Self {
        let span = tracing::info_span!(
            target: "djamodb::call",
            "djamodb.call",
            "otel.name" = method,
            "otel.status_code" = Empty,
            "db.collection.name" = Empty,
            "aws.dynamodb.index_name" = Empty,
            "error.type" = Empty,
            "djamodb.model" = Empty,
            "djamodb.method" = method,
        );
        Self { span, target: None }
    }

    /// Runs the call inside the span, advises on its error and records it.
    pub(crate) async fn run<T>(self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let error = match call.instrument(self.span.clone()).await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let error = match &self.target {
            // Boxed, because the future of every call contains this one.
            Some((schema, db)) => Box::pin(advise(error, schema, db)).instrument(self.span.clone()).await,
            None => error,
        };
        self.record_error(&error);
        Err(error)
    }

    /// Runs one poll of a stream inside the span.
    pub(crate) fn in_scope<T>(&self, poll: impl FnOnce() -> T) -> T {
        self.span.in_scope(poll)
    }

    /// Records the error with which a stream ends.
    pub(crate) fn record_error(&self, error: &Error) {
        self.span.record("otel.status_code", "ERROR");
        self.span.record("error.type", error.trace_type());
    }
}
