//! Chance that comes from a seed: the same seed, the same Region, on any
//! machine. Every part of the Region draws from a stream of its own, so that a
//! change in one part leaves the others as they were.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A stream of chance.
#[derive(Clone, Debug)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of one part of the Region.
    #[must_use]
    pub fn new(seed: u64, part: &str) -> Self {
        Self(ChaCha8Rng::from_seed(digest(seed, part)))
    }

    /// A whole number below `bound`; zero when the bound is.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).expect("a count fits in 64 bits");
        usize::try_from(self.0.next_u64() % bound).expect("smaller than a usize bound")
    }

    /// A whole number from `low` to `high`, both possible.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from((high - low).max(0)).expect("a small range") + 1;
        low + i64::try_from(self.below(width)).expect("within a small range")
    }

    /// A share from 0 up to, but not, 1.
    pub fn share(&mut self) -> f64 {
        /// Two to the 53rd: as finely as a double can tell.
        const STEPS: u64 = 1 << 53;
        (self.0.next_u64() % STEPS) as f64 / STEPS as f64
    }

    /// True this often, of one.
    pub fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// One of the list, each as likely.
    ///
    /// # Panics
    /// When the list is empty.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// One of the list, the first ones likelier, as names are in life.
    ///
    /// # Panics
    /// When the list is empty.
    pub fn popular<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        // The smaller of two draws: no power function, whose last bit machines
        // may round differently.
        &list[self.below(list.len()).min(self.below(list.len()))]
    }

    /// The place of one of these weights.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        for (place, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Puts a list into a random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// Digits, the first of them not zero.
    pub fn digits(&mut self, length: usize) -> String {
        (0..length).map(|place| char::from(b'0' + self.between(i64::from(place == 0), 9) as u8)).collect()
    }
}

fn digest(seed: u64, label: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"diwan demo region 1");
    hash.update(seed.to_be_bytes());
    hash.update(label.as_bytes());
    hash.finalize().into()
}

/// Thirty-two bytes for one label: passwords, secrets and tokens of the demo.
#[must_use]
pub fn bytes_for(seed: u64, label: &str) -> [u8; 32] {
    digest(seed, label)
}

/// An identifier in the shape of a UUIDv7, in the order of its milliseconds.
#[must_use]
pub fn id_for(seed: u64, label: &str, millis: i64) -> Uuid {
    let hash = digest(seed, label);
    let mut chance = [0_u8; 10];
    chance.copy_from_slice(&hash[..10]);
    let millis = u64::try_from(millis).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_and_differs_from_others() {
        let draw = |seed, part| {
            let mut chance = Chance::new(seed, part);
            (0..8).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "lives"), draw(1, "lives"));
        assert_ne!(draw(1, "lives"), draw(1, "names"));
        assert_ne!(draw(1, "lives"), draw(2, "lives"));
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut chance = Chance::new(7, "bounds");
        for _ in 0..2_000 {
            assert!((3..=5).contains(&chance.between(3, 5)));
            assert!((0.0..1.0).contains(&chance.share()));
            assert!(chance.weighted(&[0.0, 1.0, 0.0]) == 1);
            let digits = chance.digits(13);
            assert!(digits.len() == 13 && !digits.starts_with('0'));
        }
    }

    #[test]
    fn identifiers_look_like_those_the_office_makes() {
        let id = id_for(1, "person/1", 1_790_000_000_000);
        assert_eq!(id.get_version_num(), 7);
        assert!(id < id_for(1, "person/2", 1_790_000_000_001));
    }
}
