//! A driver whose plans and outcomes pass through their JSON text.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb_core::plan::{Outcome, QueryPlan};
use djamodb_driver_memory::MemoryDriver;
use djamodb_wire::{ProtocolOptions, RequestBytes, TARGET_HEADER, answer, read_error, read_response};
use http::{HeaderMap, HeaderValue};

/// The memory driver behind its own protocol.
#[derive(Debug)]
pub(crate) struct WireDriver {
    memory: MemoryDriver,
}

impl WireDriver {
    pub(crate) fn new(memory: MemoryDriver) -> Self {
        Self { memory }
    }
}

#[async_trait]
impl Driver for WireDriver {
    fn name(&self) -> &'static str {
        "wire"
    }

    fn capability(&self) -> Capability {
        self.memory.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.memory.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let Some(RequestBytes { target, body }) = RequestBytes::write(&plan) else {
            return self.memory.execute(plan).await;
        };
        let operation = plan.operation();
        let invalid = |message: String| DriverError::new(DriverErrorKind::Internal, operation, message);
        let mut headers = HeaderMap::new();
        headers.insert(TARGET_HEADER, HeaderValue::from_str(&target).map_err(|error| invalid(error.to_string()))?);
        headers.insert(http::header::AUTHORIZATION, HeaderValue::from_static("AWS4-HMAC-SHA256"));
        let response = answer(&self.memory, &ProtocolOptions::default(), &headers, &body, "test").await.response;
        let (status, body) = (response.status().as_u16(), response.into_body());
        if status == 200 {
            read_response(&plan, &body).map_err(|error| invalid(error.to_string()))
        } else {
            Err(read_error(operation, status, &body).on_table(plan.table()))
        }
    }
}
