//! The Merkle tree of a public log, built again from its entries (RFC 6962), with the tiles in which it is
//! published (C2SP tlog-tiles). Whoever copies a log needs nothing else to know whether its head tells the truth.

use tlog_tiles::{EMPTY_HASH, Hash, node_hash, record_hash};

/// How many hashes, or entries, a whole tile holds.
pub const WIDTH: u64 = 256;

/// A row of hashes: a whole one, or how far the last of its level has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// How many tiles lie below it.
    pub level: usize,
    /// Which of its level, from zero.
    pub n: u64,
    hashes: Vec<Hash>,
}

impl Tile {
    /// Where it is published, below the log's address.
    pub fn path(&self) -> String {
        Self::path_of(self.level, self.n, self.hashes.len() as u64)
    }

    /// The same of a tile that is not at hand.
    pub fn path_of(level: usize, n: u64, width: u64) -> String {
        format!("tile/{level}/{}", place(n, width))
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.0).collect()
    }
}

/// Where entries are published, below the log's address: `tile/entries/x001/067.p/8`.
pub fn entries_path(n: u64, width: u64) -> String {
    format!("tile/entries/{}", place(n, width))
}

fn place(n: u64, width: u64) -> String {
    let mut path = format!("{:03}", n % 1000);
    let mut above = n / 1000;
    while above > 0 {
        path = format!("x{:03}/{path}", above % 1000);
        above /= 1000;
    }
    if width < WIDTH { format!("{path}.p/{width}") } else { path }
}

/// The entries of a bundle; `None` when its bytes are none.
pub fn entries(bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    let mut rest = bundle;
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        found.push(entry);
        rest = after;
    }
    rest.is_empty().then_some(found)
}

/// The right edge of a tree: all that adding to it and knowing its root needs.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    size: u64,
    levels: Vec<Level>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    whole: u64,
    hashes: Vec<Hash>,
}

impl Tree {
    /// How many entries it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds an entry; says which tiles became whole.
    pub fn add(&mut self, entry: &[u8]) -> Vec<Tile> {
        let mut whole = Vec::new();
        let mut hash = record_hash(entry);
        self.size += 1;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Level::default());
            }
            let at = &mut self.levels[level];
            at.hashes.push(hash);
            if (at.hashes.len() as u64) < WIDTH {
                break;
            }
            let hashes = std::mem::take(&mut at.hashes);
            hash = perfect(&hashes);
            whole.push(Tile { level, n: at.whole, hashes });
            at.whole += 1;
        }
        whole
    }

    /// The tiles that are not whole yet.
    pub fn edge(&self) -> Vec<Tile> {
        let begun = self.levels.iter().enumerate().filter(|(_, at)| !at.hashes.is_empty());
        begun.map(|(level, at)| Tile { level, n: at.whole, hashes: at.hashes.clone() }).collect()
    }

    /// The Merkle tree hash.
    pub fn root(&self) -> [u8; 32] {
        let mut parts = Vec::new();
        for level in self.levels.iter().rev() {
            let mut rest = level.hashes.as_slice();
            while !rest.is_empty() {
                let (whole, after) = rest.split_at(1_usize << rest.len().ilog2());
                parts.push(perfect(whole));
                rest = after;
            }
        }
        parts.into_iter().rev().reduce(|right, left| node_hash(left, right)).unwrap_or(EMPTY_HASH).0
    }
}

/// The root over as many hashes as a power of two.
fn perfect(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(pair[0], pair[1])).collect();
    }
    row[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use tlog_tiles::{Error, HashReader, stored_hash_index, stored_hashes, tree_hash};

    struct Stored(HashMap<u64, Hash>);

    impl HashReader for Stored {
        fn read_hashes(&self, places: &[u64]) -> Result<Vec<Hash>, Error> {
            Ok(places.iter().map(|place| self.0[place]).collect())
        }
    }

    /// Another implementation of the same tree says the same, at every size.
    #[test]
    fn the_root_is_that_of_rfc_6962() {
        let (mut tree, mut stored) = (Tree::default(), Stored(HashMap::new()));
        assert_eq!(tree.root(), EMPTY_HASH.0);
        let mut whole = Vec::new();
        for n in 0..600_u64 {
            let entry = n.to_be_bytes();
            let hashes = stored_hashes(n, &entry, &stored).expect("a leaf can be added");
            let first = stored_hash_index(0, n);
            stored.0.extend(hashes.into_iter().enumerate().map(|(at, hash)| (first + at as u64, hash)));
            whole.extend(tree.add(&entry));
            assert_eq!(tree.root(), tree_hash(n + 1, &stored).expect("a tree has a root").0, "{n}");
        }
        let paths: Vec<String> = whole.iter().chain(&tree.edge()).map(Tile::path).collect();
        assert_eq!(paths, ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]);
        assert_eq!(whole[0].bytes().len(), 256 * 32);
    }

    #[test]
    fn tiles_stand_where_others_look_for_them() {
        assert_eq!(entries_path(0, 256), "tile/entries/000");
        assert_eq!(entries_path(1_067, 8), "tile/entries/x001/067.p/8");
        assert_eq!(entries_path(1_234_067, 256), "tile/entries/x001/x234/067");
    }

    #[test]
    fn a_bundle_that_is_cut_short_is_none() {
        assert_eq!(entries(&[0, 1, 7, 0, 0]), Some(vec![&[7_u8][..], &[]]));
        for cut in [&[0][..], &[0, 2, 7], &[0, 1, 7, 0]] {
            assert_eq!(entries(cut), None, "{cut:?}");
        }
    }
}
