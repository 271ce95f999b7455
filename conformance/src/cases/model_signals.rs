//! Signals of the writes of values.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use djamodb_core::database::{ModelExt, Receiver, SignalContext, SignalError};
use djamodb_derive::Model;

use super::prelude::*;

case!("model/writes_of_values_send_signals", Theme::Model, writes_of_values_send_signals);

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "cities", managed = false, crate = "djamodb_core")]
struct City {
    #[model(hash_key)]
    name: String,
    visits: u32,
}

/// Records the signals, and refuses cities without visits.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<&'static str>>>);

impl Recorder {
    fn record(&self, signal: &'static str) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(signal);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

#[async_trait]
impl Receiver<City> for Recorder {
    async fn pre_save(&self, city: &mut City, _: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record("pre_save");
        if city.visits == 0 { Err("a city has visits".into()) } else { Ok(()) }
    }

    async fn post_save(&self, _: &mut City, _: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record("post_save");
        Ok(())
    }

    async fn pre_delete(&self, _: &City, _: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record("pre_delete");
        Ok(())
    }

    async fn post_delete(&self, _: &City, _: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record("post_delete");
        Ok(())
    }

    fn post_init(&self, _: &mut City) -> Result<(), SignalError> {
        self.record("post_init");
        Ok(())
    }
}

/// Fails if a signal is lost, sent for a write that was not made, or does not stop a write.
async fn writes_of_values_send_signals(cx: Context) -> CaseResult {
    cx.db().create_table::<City>().await?;
    let recorder = Recorder::default();
    let db = cx.db().with_receiver::<City>(recorder.clone());
    let mut oslo = City { name: "Oslo".to_owned(), visits: 1 };
    oslo.create(&db).await?;
    ensure_eq("create", recorder.take(), vec!["pre_save", "post_save"])?;
    ensure("an existing item is not created", oslo.create(&db).await.is_err())?;
    ensure_eq("failed create", recorder.take(), vec!["pre_save"])?;
    oslo.visits = 0;
    ensure("a receiver refuses the value", oslo.save(&db).await.is_err())?;
    ensure_eq("refused save", recorder.take(), vec!["pre_save"])?;
    ensure_eq("stored", City::get_by_key("Oslo", &db).await?.visits, 1)?;
    oslo.delete(&db).await?;
    ensure_eq("delete", recorder.take(), vec!["post_init", "pre_delete", "post_delete"])
}
