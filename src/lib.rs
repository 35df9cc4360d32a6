//! pullquote reads news text and says who said what.
//!
//! The folders are the stages, and each knows only those to its left:
//!
//! ```text
//! error ← named ← archive ← sections ← text ← model ← lang ← sentence ← entity ← quote ← document ← pipeline ← table ← python
//! ```
//!
//! Inside, every position is a byte offset into the caller's text; `python` turns them into code points.
#![deny(unsafe_code)]

pub mod archive;
pub mod document;
pub mod entity;
pub mod error;
pub mod lang;
pub mod model;
pub mod named;
pub mod pipeline;
#[cfg(feature = "python")]
mod python;
pub mod quote;
pub mod sections;
pub mod sentence;
pub mod table;
pub mod text;
