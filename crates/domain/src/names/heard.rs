//! The words of a name with everything that is derived from them. A register is made
//! of a few thousand names that come again and again, so each is read once.

use super::fold;
use super::skeleton::skeleton_of;
use super::sounds::{Script, Sound, sounds};
use super::words::words;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One word of a name: its keys, and what it sounds like.
#[derive(Debug)]
pub(super) struct Heard {
    /// Tells it from every other that was read: what two of them are like is remembered.
    pub id: u64,
    /// As it was written, without what is no part of the name.
    pub written: String,
    pub folded: String,
    pub skeleton: String,
    pub script: Script,
    pub sounds: Vec<Sound>,
}

/// How many parts of names are remembered at most; then one begins anew.
const REMEMBERED: usize = 8_192;

/// How many words were read.
static READ: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static KNOWN: RefCell<HashMap<String, Arc<[Heard]>>> = RefCell::default();
}

/// The words of a name or of a part of it.
pub(super) fn heard(text: &str) -> Arc<[Heard]> {
    if let Some(known) = KNOWN.with_borrow(|known| known.get(text).cloned()) {
        return known;
    }
    let read = words(text).into_iter().map(|word| {
        let (script, sounds) = sounds(&word);
        let id = READ.fetch_add(1, Ordering::Relaxed);
        Heard { id, folded: fold(&word), skeleton: skeleton_of(&sounds), script, sounds, written: word }
    });
    let read: Arc<[Heard]> = read.collect();
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(text.to_owned(), read.clone());
    });
    read
}
