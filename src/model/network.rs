//! A neural network with one hidden layer over hashed features.
//!
//! A feature has a small weight for each hidden unit, those of the bucket that it falls into; so a word is a point in a
//! space of few dimensions (as in fastText, Joulin et al. 2016). A unit adds up what it gets and passes on what is more
//! than nothing, but no more than 32,767. All is done in whole numbers, so that every machine says the same.

use serde::{Deserialize, Serialize};
use wide::{i8x16, i16x16};

use super::{Features, packed};

/// How many hidden units there are.
pub const UNITS: usize = 16;

/// The weights of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Saved")]
pub struct Network {
    /// The weights of each bucket, of which there are a power of two.
    #[serde(with = "packed")]
    buckets: Vec<i8>,
    /// What each unit has before any feature.
    bias: [i16; UNITS],
    /// What each unit counts for.
    out: [i16; UNITS],
    /// What the score is before any unit.
    base: i32,
}

/// A network whose buckets nobody has counted yet.
#[derive(Deserialize)]
struct Saved {
    #[serde(with = "packed")]
    buckets: Vec<i8>,
    bias: [i16; UNITS],
    out: [i16; UNITS],
    base: i32,
}

impl TryFrom<Saved> for Network {
    type Error = &'static str;

    fn try_from(Saved { buckets, bias, out, base }: Saved) -> Result<Self, Self::Error> {
        let whole = buckets.len() % UNITS == 0 && (buckets.len() / UNITS).is_power_of_two();
        if whole {
            Ok(Self { buckets, bias, out, base })
        } else {
            Err("a network has a power of two of buckets")
        }
    }
}

impl Network {
    /// A network of these weights.
    ///
    /// # Panics
    /// The buckets are not a power of two.
    pub fn new(buckets: &[[i8; UNITS]], bias: [i16; UNITS], out: [i16; UNITS], base: i32) -> Self {
        assert!(buckets.len().is_power_of_two(), "{} buckets are no power of two", buckets.len());
        Self { buckets: buckets.concat(), bias, out, base }
    }

    /// What the network says of the features.
    pub fn score(&self, features: &Features) -> i64 {
        let shift = 32 - (self.buckets.len() / UNITS).trailing_zeros();
        let (buckets, _) = self.buckets.as_chunks::<UNITS>();
        let mut units = i16x16::from(self.bias);
        for &hash in features.hashes() {
            let bucket = hash.checked_shr(shift).unwrap_or_default() as usize;
            if let Some(&weights) = buckets.get(bucket) {
                units = units.saturating_add(i16x16::from_i8x16(i8x16::from(weights)));
            }
        }
        let units = units.to_array();
        let passed = units
            .iter()
            .zip(&self.out)
            .map(|(&unit, &out)| i64::from(i32::from(unit.max(0)) * i32::from(out)));
        i64::from(self.base) + passed.sum::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_pass_on_what_is_more_than_nothing() {
        let mut buckets = vec![[0; UNITS]; 2];
        buckets[1][0] = 5;
        buckets[1][1] = -5;
        let network = Network::new(&buckets, [1; UNITS], [2; UNITS], 100);
        let mut features = Features::default();
        assert_eq!(network.score(&features), 100 + 2 * 16);
        features.push(u64::MAX);
        assert_eq!(network.score(&features), 100 + 2 * (6 + 14));
        features.push(u64::MAX);
        assert_eq!(network.score(&features), 100 + 2 * (11 + 14), "the second unit passes nothing on");
    }
}
