//! How a register of a time writes a name: in Arabic letters until 1992, in
//! Kurdish ones since, and now and then with the keyboard at hand.

use super::lives::{Life, Origin};
use crate::chance::Chance;
use crate::names::Name;
use diwan_domain::names::NameParts;

/// In which spelling one entry was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    Kurdish,
    /// Kurdish letters from an Arabic keyboard: ي and ك.
    ArabicKeyboard,
    Arabic,
}

impl Spelling {
    fn of(life: &Life, chance: &mut Chance) -> Self {
        let kurdish = life.culture.is_kurdish() && life.origin != Origin::Newcomer;
        let share = match (kurdish, life.born.year()) {
            (false, _) => 0.0,
            (true, ..1992) => 0.15,
            (true, _) => 0.9,
        };
        match (chance.happens(share), chance.happens(0.12)) {
            (false, _) => Self::Arabic,
            (true, true) => Self::ArabicKeyboard,
            (true, false) => Self::Kurdish,
        }
    }

    fn write(self, name: &Name) -> String {
        match self {
            Self::Kurdish => name.kurdish.to_owned(),
            Self::ArabicKeyboard => name.kurdish.replace('ی', "ي").replace('ک', "ك"),
            Self::Arabic => name.arabic.to_owned(),
        }
    }
}

/// The name as the person's own register entry has it.
pub(super) fn in_register(life: &Life, chance: &mut Chance) -> NameParts {
    let spelling = Spelling::of(life, chance);
    NameParts {
        given: spelling.write(life.given),
        father: Some(spelling.write(life.line[0])),
        grandfather: Some(spelling.write(life.line[1])),
        family: life.family.map(|family| spelling.write(family)),
    }
}

/// The name as a passport has it.
pub(super) fn in_passport(life: &Life, chance: &mut Chance) -> NameParts {
    let mut latin = |name: &Name| name.in_latin(chance.below(4)).to_owned();
    NameParts {
        given: latin(life.given),
        father: Some(latin(life.line[0])),
        grandfather: Some(latin(life.line[1])),
        family: life.family.map(latin),
    }
}
