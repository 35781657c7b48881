//! Chance that comes from a seed: the same seed, the same day.
//!
//! Each stream has a name, and drawing more from one leaves the others as they were: a
//! line with other arrivals changes nothing of the line beside it, so that two plans can
//! be compared on the same people.

use sha2::{Digest, Sha256};

/// A stream of chance: xoshiro256** of Blackman and Vigna, begun from a hash of seed and
/// name. For simulations only; a draw that anyone must trust is [`crate::queue::release`].
#[derive(Clone, Debug)]
pub struct Chance([u64; 4]);

impl Chance {
    /// The stream of one part of what a seed stands for.
    #[must_use]
    pub fn new(seed: u64, part: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"diwan simulation 1");
        hash.update(seed.to_be_bytes());
        hash.update(part.as_bytes());
        let bytes: [u8; 32] = hash.finalize().into();
        let mut state = [0; 4];
        for (word, eight) in state.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = eight.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
        }
        Self(state)
    }

    fn draw(&mut self) -> u64 {
        let state = &mut self.0;
        let drawn = state[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = state[3].rotate_left(45);
        drawn
    }

    /// A share from 0 up to, but not, 1.
    pub fn share(&mut self) -> f64 {
        /// Two to the 53rd: as finely as a double can tell.
        const STEPS: u64 = 1 << 53;
        (self.draw() >> 11) as f64 / STEPS as f64
    }

    /// True this often, of one.
    pub fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// A time of the exponential distribution with this mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.share()).ln()
    }

    /// A number of the standard normal distribution (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }

    /// A time of the log-normal distribution with this mean, whose standard deviation is
    /// `spread` times the mean; the mean itself when `spread` is 0.
    pub fn log_normal(&mut self, mean: f64, spread: f64) -> f64 {
        let variance = (1.0 + spread * spread).ln();
        mean * (variance.sqrt() * self.normal() - variance / 2.0).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: usize = 100_000;

    /// Mean and standard deviation of many draws.
    fn moments(mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let drawn: Vec<f64> = (0..MANY).map(|_| draw()).collect();
        let mean = drawn.iter().sum::<f64>() / MANY as f64;
        let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / MANY as f64;
        (mean, variance.sqrt())
    }

    #[test]
    fn a_stream_repeats_and_differs_from_others() {
        let draw = |seed, part| {
            let mut chance = Chance::new(seed, part);
            (0..8).map(|_| chance.draw()).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "A"), draw(1, "A"));
        assert_ne!(draw(1, "A"), draw(1, "B"));
        assert_ne!(draw(1, "A"), draw(2, "A"));
    }

    #[test]
    fn the_generator_is_the_published_one() {
        // The first numbers of xoshiro256** from the state 1, 2, 3, 4.
        let mut chance = Chance([1, 2, 3, 4]);
        let drawn: Vec<u64> = (0..4).map(|_| chance.draw()).collect();
        assert_eq!(drawn, [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240]);
    }

    #[test]
    fn times_have_the_mean_and_the_spread_that_were_asked_for() {
        let mut chance = Chance::new(3, "moments");
        for (name, (mean, deviation), (wanted_mean, wanted_deviation)) in [
            ("share", moments(|| chance.share()), (0.5, (1.0 / 12.0_f64).sqrt())),
            ("normal", moments(|| 5.0 + chance.normal()), (5.0, 1.0)),
            ("exponential", moments(|| chance.exponential(8.0)), (8.0, 8.0)),
            ("log-normal", moments(|| chance.log_normal(8.0, 0.5)), (8.0, 4.0)),
        ] {
            assert!((mean / wanted_mean - 1.0).abs() < 0.02, "{name}: mean {mean}");
            assert!((deviation / wanted_deviation - 1.0).abs() < 0.03, "{name}: deviation {deviation}");
        }
        assert!((chance.log_normal(8.0, 0.0) - 8.0).abs() < 1e-9);
    }
}
