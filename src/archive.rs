//! The envelope of everything that is saved: what it is, which version wrote it, whether it is whole.
//!
//! ```text
//! "pullquote\0" | kind: u8 | version: u16 | length: u64 | crc32: u32 | payload
//! ```
//!
//! Numbers are little endian. A payload is plain data, written by postcard or flat ([`crate::sections`]): loading one
//! never runs code from it.

use std::ops::Range;

use serde::{Serialize, de::DeserializeOwned};

use crate::error::Error;

const MAGIC: &[u8] = b"pullquote\0";
const VERSION: u16 = 3;
const HEADER: usize = MAGIC.len() + 1 + 2 + 8 + 4;

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A `SentenceSplitter`.
    SentenceSplitter = 1,
    /// An `EntityMatcher`.
    EntityMatcher = 2,
    /// A `QuoteDetector`.
    QuoteDetector = 3,
    /// A `Pipeline`.
    Pipeline = 4,
    /// A `Table`.
    Table = 5,
    /// A model that was learnt.
    Model = 6,
    /// The models of quotes.
    QuoteModel = 7,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::SentenceSplitter => "SentenceSplitter",
            Self::EntityMatcher => "EntityMatcher",
            Self::QuoteDetector => "QuoteDetector",
            Self::Pipeline => "Pipeline",
            Self::Table => "Table",
            Self::Model => "model",
            Self::QuoteModel => "model of quotes",
        }
    }
}

/// Puts `value` into an envelope.
///
/// # Panics
/// Never for the crate's own types, which hold nothing that postcard cannot write.
pub(crate) fn seal<T: Serialize>(kind: Kind, value: &T) -> Vec<u8> {
    seal_bytes(kind, &postcard::to_stdvec(value).expect("plain data is always writable"))
}

/// Puts bytes into an envelope.
pub(crate) fn seal_bytes(kind: Kind, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + payload.len());
    bytes.extend_from_slice(MAGIC);
    bytes.push(kind as u8);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// Takes a value out of its envelope.
///
/// # Errors
/// The bytes are foreign, of another kind, from another version, cut short or changed.
pub(crate) fn open<T: DeserializeOwned>(kind: Kind, bytes: &[u8]) -> Result<T, Error> {
    let payload = &bytes[payload(kind, bytes)?];
    postcard::from_bytes(payload).map_err(|error| damaged(kind, error.to_string()))
}

/// The error for a payload that cannot be read although its envelope is whole.
pub(crate) fn damaged(kind: Kind, problem: impl Into<String>) -> Error {
    Error::archive(kind.name(), problem)
}

/// Where in an envelope its payload stands.
///
/// # Errors
/// The bytes are foreign, of another kind, from another version, cut short or changed.
pub(crate) fn payload(kind: Kind, bytes: &[u8]) -> Result<Range<usize>, Error> {
    let fail = |problem: String| damaged(kind, problem);
    let header = bytes.get(..HEADER).ok_or_else(|| fail(format!("{} bytes are too few", bytes.len())))?;
    let (magic, rest) = header.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(fail("it does not begin as one".to_owned()));
    }
    if rest[0] != kind as u8 {
        return Err(fail("it holds another object".to_owned()));
    }
    let version = u16::from_le_bytes([rest[1], rest[2]]);
    if version != VERSION {
        return Err(fail(format!("format {version}, this build reads format {VERSION}")));
    }
    let payload = &bytes[HEADER..];
    let length = rest[3..11].iter().rev().fold(0_u64, |n, &byte| n << 8 | u64::from(byte));
    if length != payload.len() as u64 {
        return Err(fail(format!("{} bytes of content where {length} were written", payload.len())));
    }
    let checksum = rest[11..15].iter().rev().fold(0_u32, |n, &byte| n << 8 | u32::from(byte));
    if checksum != crc32fast::hash(payload) {
        return Err(fail("the checksum does not fit".to_owned()));
    }
    Ok(HEADER..bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens() {
        let bytes = seal(Kind::Pipeline, &("a", 7_u32));
        assert_eq!(open::<(String, u32)>(Kind::Pipeline, &bytes), Ok(("a".to_owned(), 7)));
    }

    #[test]
    fn every_damage_is_an_error() {
        let bytes = seal(Kind::Pipeline, &("some text", 7_u32));
        for end in 0..bytes.len() {
            assert!(open::<(String, u32)>(Kind::Pipeline, &bytes[..end]).is_err(), "cut at {end}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x20;
            assert!(open::<(String, u32)>(Kind::Pipeline, &changed).is_err(), "changed at {at}");
        }
        assert!(open::<(String, u32)>(Kind::QuoteDetector, &bytes).is_err());
    }
}
