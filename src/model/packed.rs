//! Small weights as they are saved: most are nothing, and of the rest the small ones are many. So each is written by how
//! many that are nothing lie before it, its sign, and its size, both numbers as Rice (1979) codes them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// No model has more weights.
const MOST: u32 = 1 << 24;

/// Weights in as few bits as they need.
#[derive(Debug, Serialize, Deserialize)]
struct Packed {
    /// How many weights there are.
    length: u32,
    /// How many are something.
    count: u32,
    /// How many of the lowest bits of a distance are written as they are, and of a size.
    plain: (u8, u8),
    bits: Vec<u8>,
}

/// Writes weights.
pub(super) fn serialize<S: Serializer>(weights: &[i8], serializer: S) -> Result<S::Ok, S::Error> {
    Packed::of(weights).serialize(serializer)
}

/// Reads weights.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i8>, D::Error> {
    Packed::deserialize(deserializer)?.weights().ok_or_else(|| D::Error::custom("weights are cut short"))
}

impl Packed {
    fn of(weights: &[i8]) -> Self {
        let mut before = 0;
        let mut codes = Vec::new();
        for &weight in weights {
            if weight == 0 {
                before += 1;
            } else {
                codes.push((std::mem::take(&mut before), weight < 0, u32::from(weight.unsigned_abs()) - 1));
            }
        }
        let plain = (
            plain_bits(codes.iter().map(|&(distance, ..)| distance)),
            plain_bits(codes.iter().map(|&(.., size)| size)),
        );
        let mut writer = Writer::default();
        for &(distance, negative, size) in &codes {
            writer.number(distance, plain.0);
            writer.bit(negative);
            writer.number(size, plain.1);
        }
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Self { length: count(weights.len()), count: count(codes.len()), plain, bits: writer.bytes }
    }

    fn weights(&self) -> Option<Vec<i8>> {
        if self.length > MOST {
            return None;
        }
        let mut weights = vec![0; self.length as usize];
        let mut reader = Reader { bytes: &self.bits, at: 0 };
        let mut at = 0_usize;
        for _ in 0..self.count {
            at = at.checked_add(reader.number(self.plain.0)? as usize)?;
            let negative = reader.bit()?;
            let size = i8::try_from(reader.number(self.plain.1)?.checked_add(1)?).ok()?;
            *weights.get_mut(at)? = if negative { -size } else { size };
            at += 1;
        }
        Some(weights)
    }
}

/// How many bits of these numbers are best written as they are: as many as their mean has.
fn plain_bits(numbers: impl ExactSizeIterator<Item = u32>) -> u8 {
    let count = numbers.len().max(1) as u64;
    let mean = numbers.map(u64::from).sum::<u64>() / count;
    u8::try_from((mean + 1).ilog2()).unwrap_or_default()
}

#[derive(Debug, Default)]
struct Writer {
    bytes: Vec<u8>,
    at: usize,
}

impl Writer {
    fn bit(&mut self, bit: bool) {
        if self.at.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.at % 8);
        }
        self.at += 1;
    }

    /// The upper part as so many ones and a nothing, the lower one as it is.
    fn number(&mut self, number: u32, plain: u8) {
        (0..number >> plain).for_each(|_| self.bit(true));
        self.bit(false);
        (0..plain).for_each(|place| self.bit(number >> place & 1 == 1));
    }
}

#[derive(Debug)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn bit(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (self.at % 8) & 1 == 1;
        self.at += 1;
        Some(bit)
    }

    fn number(&mut self, plain: u8) -> Option<u32> {
        let mut number = 0_u32;
        while self.bit()? {
            number = number.checked_add(1)?;
        }
        number = number.checked_shl(plain.into())?;
        for place in 0..u32::from(plain) {
            number |= u32::from(self.bit()?) << place;
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for weights in [vec![], vec![0; 9], vec![1, -1, 0, 0, 127, -127, 0], vec![0, 0, 0, 0, 0, 0, 0, 3]] {
            assert_eq!(Packed::of(&weights).weights(), Some(weights));
        }
    }

    #[test]
    fn what_is_cut_short_is_none() {
        let mut packed = Packed::of(&[5, 0, 0, -77, 1]);
        packed.bits.pop();
        assert_eq!(packed.weights(), None);
        packed = Packed { length: MOST + 1, ..Packed::of(&[]) };
        assert_eq!(packed.weights(), None);
        packed = Packed { plain: (40, 0), ..Packed::of(&[1]) };
        assert_eq!(packed.weights(), None);
    }
}
