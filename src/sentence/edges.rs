//! The bytes at the edges of a gap, as the first and cheapest look at it: the last eight before it and the first four
//! behind. Most gaps are seen to be inside a sentence by no more than those.

use super::{
    chunk::{Kinds, Tail, visible},
    features::View,
    peek::{density, flags, join, neighbour, size},
};
use crate::model::hash_step;

/// How many features there are.
const EDGES: usize = 5;

/// How many bytes behind a gap are seen.
const HEAD: usize = 4;

/// The features of a gap.
#[inline]
pub(super) fn peek(view: &View<'_>) -> [u64; EDGES] {
    let bytes = view.source.as_bytes();
    let (left, right) = (&bytes[..view.candidate.end], &bytes[view.candidate.next..]);
    let (mark, marks) = match left.last() {
        Some(byte) if byte.is_ascii_punctuation() => (u64::from(*byte), 1),
        _ => (0, 0),
    };
    let end = left.len() - marks;
    let tail = Tail::before(bytes, end);
    let beyond = neighbour((end - tail.length).checked_sub(1).map(|at| bytes[at]));
    let shape = shape(&tail) | beyond << 4;
    let head = head(right);
    let [first, second, ..] = head;
    let stop = mark ^ view.rule ^ view.gap << 40;
    let side = hash_step(stop, kind(first) | kind(second) << 4);
    let (length, dense, previous) = (size(view), density(view), view.previous);
    [
        join([1, tail.hash, side]),
        join([2, u32::from_le_bytes(head).into(), stop]),
        join([3, shape | dense << 8, side]),
        join([4, length | dense << 8, side]),
        join([5, previous, shape, side]),
    ]
}

/// Which kinds of letters a word ends with.
#[inline]
fn shape(tail: &Tail) -> u64 {
    let Kinds { upper, lower, digits } = tail.kinds;
    flags([upper != 0, lower != 0, digits != 0, tail.length == 1])
}

/// The first bytes, as far as they are visible ASCII; the rest is zero, as nothing behind white space may be seen: a blank
/// line parts what must not know of each other.
#[inline]
fn head(bytes: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    match bytes.first_chunk() {
        Some(first) => head = *first,
        None => head[..bytes.len()].copy_from_slice(bytes),
    }
    visible(head)
}

/// What a byte of a head is, as a number; a byte that is not seen is zero.
#[inline]
fn kind(byte: u8) -> u64 {
    match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        b'"' | b'\'' => 5,
        0 => 6,
        _ => 7,
    }
}
