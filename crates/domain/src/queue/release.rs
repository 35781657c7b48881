//! A fair release of appointments when more people want one than there are: whoever
//! enters within the window has the same chance, and anyone can draw the order again.
//!
//! Nobody can have chosen the order, neither the office nor whoever enters, because it
//! hangs on three things of which nobody knows all in time:
//!
//! 1. Before the window opens the office draws 32 secret bytes, the *seed*, and publishes
//!    their SHA-256, the *commitment*. It cannot take another seed later.
//! 2. While the window is open people enter. An entry is a hash ([`entry_id`]) and tells
//!    nothing about its holder; each entry stands in the public log. When the window
//!    closes no entry can be added or left out unseen.
//! 3. The *public value* is one that nobody knew while the window was open: the root of
//!    the log's first checkpoint after it closed, which covers the last entry. Without it
//!    the office, knowing its own seed, could add entries until it liked the order.
//!
//! Then the office publishes the seed, the public value, the entries and the order
//! ([`Draw`]). Whoever has these four and the commitment draws again, in any language:
//!
//! - Sort the entries (64 lower-case hexadecimal digits each) as text. None stands twice.
//! - *key* = SHA-256 of this text in ASCII, each line ended by one line feed:
//!   `diwan draw 1`, the seed in hexadecimal, the public value, then every sorted entry.
//! - *stream* = SHA-256(*key* ‖ 0) ‖ SHA-256(*key* ‖ 1) ‖ …, the counter as eight bytes,
//!   the most significant first. Read it as numbers of eight bytes, the most significant
//!   first.
//! - A number below *n*: take the next of the stream. Where it is not smaller than the
//!   largest multiple of *n* that 2⁶⁴ holds, drop it and take the next: otherwise small
//!   numbers would come a little more often. The remainder of its division by *n* is the
//!   number.
//! - Shuffle (Fisher and Yates): for *i* from the last place down to 1, places counted
//!   from 0, swap the entry at *i* with the one at a number below *i* + 1.
//!
//! The first in the list has the first choice. `scripts/check-draw` does all this with
//! nothing but Python's standard library. What stays possible is that the office does not
//! publish the seed; everybody sees that, and that is why a draw without its seed is void.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of the method, first line of what is hashed.
pub const METHOD: &str = "diwan draw 1";

/// Everything that is published of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Draw {
    /// [`METHOD`].
    pub method: String,
    /// What was published before the window opened: SHA-256 of the seed, in hexadecimal.
    pub commitment: String,
    /// The seed, 32 bytes in hexadecimal.
    pub seed: String,
    /// What nobody knew while the window was open.
    pub public_value: String,
    /// How many places there are: so many of the order's first have one for certain.
    pub places: usize,
    /// Every entry, in any order.
    pub entries: Vec<String>,
    /// The entries in the order that was drawn.
    pub order: Vec<String>,
}

/// When people can enter. Instants are microseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntryWindow {
    /// From when on.
    pub opens: i64,
    /// From when on no more.
    pub closes: i64,
}

impl EntryWindow {
    /// Whether an entry counts that came at this instant. When within the window it came
    /// makes no difference.
    #[must_use]
    pub fn takes(&self, at: i64) -> bool {
        (self.opens..self.closes).contains(&at)
    }

    /// Whether the order may be drawn: only a public value of after the window is one that
    /// nobody knew.
    #[must_use]
    pub fn is_over(&self, at: i64) -> bool {
        at >= self.closes
    }
}

/// What is wrong with a draw.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawFault {
    /// It was drawn by a method that is not known.
    #[error("the method is `{found}`, not `{known}`", known = METHOD)]
    Method {
        /// What was found.
        found: String,
    },
    /// The seed is not 32 bytes in lower-case hexadecimal.
    #[error("the seed is not 64 digits of lower-case hexadecimal")]
    Seed,
    /// The seed is not the one that was committed to.
    #[error("the seed's SHA-256 is {found}, and {committed} was published beforehand")]
    Commitment {
        /// The hash of the seed that was given.
        found: String,
        /// The one that was published.
        committed: String,
    },
    /// The public value is empty or more than one line of visible ASCII.
    #[error("the public value is not one line of ASCII")]
    PublicValue,
    /// An entry is not 64 digits of lower-case hexadecimal.
    #[error("entry `{0}` is not 64 digits of lower-case hexadecimal")]
    Entry(String),
    /// An entry stands twice, which would give it twice the chance.
    #[error("entry {0} stands twice")]
    Twice(String),
    /// The order has more or fewer than entered.
    #[error("{found} stand in the order, and {entered} entered")]
    Length {
        /// How many stand in the order.
        found: usize,
        /// How many entered.
        entered: usize,
    },
    /// Another entry belongs at a place.
    #[error("place {place} belongs to {due}, not to {found}")]
    Order {
        /// Which place, counted from 1.
        place: usize,
        /// Whose it is.
        due: String,
        /// Who stands there.
        found: String,
    },
}

impl DrawFault {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Method { .. } => "method",
            Self::Seed => "seed",
            Self::Commitment { .. } => "commitment",
            Self::PublicValue => "public-value",
            Self::Entry(_) => "entry",
            Self::Twice(_) => "entry-twice",
            Self::Length { .. } => "length",
            Self::Order { .. } => "order",
        }
    }
}

/// The commitment to a seed: its SHA-256 in hexadecimal.
#[must_use]
pub fn commitment(seed: &[u8; 32]) -> String {
    hex::encode(Sha256::digest(seed))
}

/// The entry of somebody: SHA-256 of `diwan entry 1`, a line feed, 32 chance bytes in
/// hexadecimal, a line feed, and what the office knows them by. Without the chance bytes,
/// which stand on their receipt and nowhere in public, nobody can try out whose it is.
#[must_use]
pub fn entry_id(chance: &[u8; 32], known_by: &str) -> String {
    hex::encode(Sha256::digest(format!("diwan entry 1\n{}\n{known_by}", hex::encode(chance))))
}

/// Draws the order of the entries.
///
/// # Errors
/// When the public value or an entry is not written as it must be, or an entry stands
/// twice.
pub fn draw(seed: &[u8; 32], public_value: &str, entries: &[String]) -> Result<Vec<String>, DrawFault> {
    if public_value.is_empty() || !public_value.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Err(DrawFault::PublicValue);
    }
    let mut order = entries.to_vec();
    order.sort_unstable();
    if let Some(entry) = order.iter().find(|entry| !is_hash(entry)) {
        return Err(DrawFault::Entry(entry.clone()));
    }
    if let Some(twice) = order.windows(2).find(|two| two[0] == two[1]) {
        return Err(DrawFault::Twice(twice[0].clone()));
    }
    let mut hash = Sha256::new();
    for line in [METHOD, &hex::encode(seed), public_value].into_iter().chain(order.iter().map(String::as_str))
    {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    let mut stream = Stream { key: hash.finalize().into(), block: 0, ready: Vec::new() };
    for last in (1..order.len()).rev() {
        order.swap(last, stream.below(last + 1));
    }
    Ok(order)
}

/// Whether an order is the one that follows from the rest.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(
    commitment: &str,
    seed: &[u8; 32],
    public_value: &str,
    entries: &[String],
    order: &[String],
) -> Result<(), DrawFault> {
    let found = self::commitment(seed);
    if found != commitment {
        return Err(DrawFault::Commitment { found, committed: commitment.to_owned() });
    }
    let due = draw(seed, public_value, entries)?;
    if order.len() != due.len() {
        return Err(DrawFault::Length { found: order.len(), entered: due.len() });
    }
    match due.iter().zip(order).enumerate().find(|(_, (due, found))| due != found) {
        Some((n, (due, found))) => {
            Err(DrawFault::Order { place: n + 1, due: due.clone(), found: found.clone() })
        }
        None => Ok(()),
    }
}

impl Draw {
    /// Draws, and puts together what is published.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn make(
        seed: &[u8; 32],
        public_value: &str,
        places: usize,
        entries: &[String],
    ) -> Result<Self, DrawFault> {
        let order = draw(seed, public_value, entries)?;
        let mut entries = entries.to_vec();
        entries.sort_unstable();
        Ok(Self {
            method: METHOD.to_owned(),
            commitment: commitment(seed),
            seed: hex::encode(seed),
            public_value: public_value.to_owned(),
            places,
            entries,
            order,
        })
    }

    /// Whether what is published holds together. That the commitment is the one published
    /// before the window opened, and the public value one of after it closed, is for the
    /// reader to see in the public log.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn verify(&self) -> Result<(), DrawFault> {
        if self.method != METHOD {
            return Err(DrawFault::Method { found: self.method.clone() });
        }
        if !is_hash(&self.seed) {
            return Err(DrawFault::Seed);
        }
        let bytes = hex::decode(&self.seed).map_err(|_| DrawFault::Seed)?;
        let seed: [u8; 32] = bytes.try_into().map_err(|_| DrawFault::Seed)?;
        verify(&self.commitment, &seed, &self.public_value, &self.entries, &self.order)
    }

    /// Who has a place for certain; the rest moves up when one is given back.
    #[must_use]
    pub fn drawn(&self) -> &[String] {
        &self.order[..self.places.min(self.order.len())]
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Numbers from SHA-256 in counter mode.
struct Stream {
    key: [u8; 32],
    block: u64,
    /// What is left of the last block, the next number last.
    ready: Vec<u64>,
}

impl Stream {
    fn number(&mut self) -> u64 {
        loop {
            if let Some(number) = self.ready.pop() {
                return number;
            }
            let hash = Sha256::new().chain_update(self.key).chain_update(self.block.to_be_bytes());
            let block: [u8; 32] = hash.finalize().into();
            self.block += 1;
            let eight = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
            self.ready = block.chunks_exact(8).rev().map(eight).collect();
        }
    }

    /// A number below `bound`, each as likely.
    fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        // How many numbers at the end of the range would favour the small remainders.
        let over = (u64::MAX % bound + 1) % bound;
        loop {
            let number = self.number();
            if number <= u64::MAX - over {
                return (number % bound) as usize;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: [u8; 32] = [7; 32];
    const ROOT: &str = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    fn entries(count: usize) -> Vec<String> {
        (0..count).map(|n| entry_id(&[1; 32], &n.to_string())).collect()
    }

    #[test]
    fn the_order_does_not_depend_on_the_order_of_the_entries() {
        let forward = entries(30);
        let backward: Vec<String> = forward.iter().rev().cloned().collect();
        let order = draw(&SEED, ROOT, &forward).unwrap();
        assert_eq!(order, draw(&SEED, ROOT, &backward).unwrap());
        let mut sorted = (order.clone(), forward.clone());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        assert_eq!(sorted.0, sorted.1, "everybody stands in it once");
        assert_ne!(order, draw(&[8; 32], ROOT, &forward).unwrap(), "the seed counts");
        assert_ne!(order, draw(&SEED, "another root", &forward).unwrap(), "the public value counts");
        let with_one_more = draw(&SEED, ROOT, &entries(31)).unwrap();
        assert_ne!(order[..5], with_one_more[..5], "every entry counts");
    }

    #[test]
    fn few_entries_are_drawn_too() {
        assert_eq!(draw(&SEED, ROOT, &[]), Ok(vec![]));
        assert_eq!(draw(&SEED, ROOT, &entries(1)), Ok(entries(1)));
    }

    #[test]
    fn each_entry_comes_to_each_place_as_often() {
        const COUNT: usize = 8;
        const DRAWS: u64 = 4000;
        let entries = entries(COUNT);
        let mut came = vec![[0_u32; COUNT]; COUNT];
        for n in 0..DRAWS {
            let mut seed = [0; 32];
            seed[..8].copy_from_slice(&n.to_be_bytes());
            for (place, entry) in draw(&seed, ROOT, &entries).unwrap().iter().enumerate() {
                came[entries.iter().position(|one| one == entry).unwrap()][place] += 1;
            }
        }
        let due = DRAWS as f64 / COUNT as f64;
        let square = |found: &u32| (f64::from(*found) - due).powi(2) / due;
        let chi: f64 = came.iter().flatten().map(square).sum();
        // 49 degrees of freedom: 85.4 is exceeded by one of a thousand, 26 of a thousand
        // lie below 31.
        assert!((20.0..85.4).contains(&chi), "{chi}");
    }

    #[test]
    fn numbers_beyond_the_last_whole_multiple_are_dropped() {
        // Of a bound of 2⁶³ + 1 nearly half of all numbers lie beyond it.
        let bound = (1_usize << 63) + 1;
        let mut stream = Stream { key: [0; 32], block: 0, ready: vec![5, u64::MAX, 1 << 63, bound as u64] };
        assert_eq!(stream.below(bound), 1 << 63, "the first is dropped");
        assert_eq!(stream.below(bound), 5);
        let mut even = Stream { key: [0; 32], block: 0, ready: vec![u64::MAX] };
        assert_eq!(even.below(1 << 32), (1 << 32) - 1, "a power of two drops nothing");
    }

    #[test]
    fn every_way_of_tampering_is_named() {
        let sound = Draw::make(&SEED, ROOT, 3, &entries(10)).unwrap();
        assert_eq!((sound.verify(), sound.drawn().len()), (Ok(()), 3));
        let code = |change: &dyn Fn(&mut Draw)| {
            let mut draw = sound.clone();
            change(&mut draw);
            draw.verify().unwrap_err().code()
        };
        assert_eq!(code(&|d| d.method = "diwan draw 2".into()), "method");
        assert_eq!(code(&|d| d.seed = "07".into()), "seed");
        assert_eq!(code(&|d| d.seed = d.seed.replace("07", "0A")), "seed");
        assert_eq!(code(&|d| d.seed = hex::encode([8; 32])), "commitment");
        assert_eq!(code(&|d| d.commitment = commitment(&[8; 32])), "commitment");
        assert_eq!(code(&|d| d.public_value = "other".into()), "order");
        assert_eq!(code(&|d| d.public_value = "two\nlines".into()), "public-value");
        assert_eq!(code(&|d| d.order.swap(0, 9)), "order");
        assert_eq!(code(&|d| _ = d.order.pop()), "length");
        assert_eq!(code(&|d| d.order[0] = entry_id(&[9; 32], "friend")), "order");
        assert_eq!(code(&|d| d.entries.push(entry_id(&[9; 32], "friend"))), "length");
        assert_eq!(code(&|d| _ = d.entries.pop()), "length");
        assert_eq!(code(&|d| d.entries.push(d.entries[0].clone())), "entry-twice");
        assert_eq!(code(&|d| d.entries[0] = "Shilan".into()), "entry");
        // Somebody's entry in the place of another's, in both lists.
        let replaced = code(&|d| {
            let friend = entry_id(&[9; 32], "friend");
            let old = std::mem::replace(&mut d.entries[0], friend.clone());
            let place = d.order.iter().position(|entry| *entry == old).unwrap();
            d.order[place] = friend;
        });
        assert_eq!(replaced, "order");
    }

    #[test]
    fn an_entry_counts_within_its_window_only() {
        let window = EntryWindow { opens: 10, closes: 20 };
        assert_eq!([9, 10, 19, 20].map(|at| window.takes(at)), [false, true, true, false]);
        assert_eq!([19, 20].map(|at| window.is_over(at)), [false, true]);
    }

    #[test]
    fn an_entry_tells_nothing_without_its_chance_bytes() {
        assert_ne!(entry_id(&[1; 32], "1000000000001"), entry_id(&[2; 32], "1000000000001"));
        assert!(is_hash(&entry_id(&[1; 32], "1000000000001")));
    }
}
