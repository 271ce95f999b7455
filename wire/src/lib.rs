//! wire
mod answer;
mod body;
mod error;
mod error_response;
mod expressions;
mod json;
mod legacy;
mod newer_layer;
mod op;
mod request;
mod response;
mod response_error;
mod shape;
mod target;
mod violations;

pub use answer::{Answer, JSON_CONTENT_TYPE, ProtocolOptions, answer, respond};
pub use error::RequestError;
pub use error_response::{ErrorResponse, read_error};
pub use request::{Request, RequestBytes};
pub use response::{ResponseForm, read_response};
pub use response_error::ResponseError;
pub use target::TARGET_HEADER;
