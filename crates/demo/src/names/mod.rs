//! Names of the Region's peoples, each in the spellings that registers,
//! families and passports use. Pools are data: one file for each people.

mod arabic;
mod assyrian;
mod badini;
mod muslim;
mod sorani;
mod turkmen;

use crate::chance::Chance;
use serde::Serialize;

/// One name in its spellings.
#[derive(Debug, PartialEq, Eq)]
pub struct Name {
    /// In Kurdish letters (ە ێ ۆ ڕ ڵ), or as in Arabic where Kurdish writes it so.
    pub kurdish: &'static str,
    /// As Arabic registers write it.
    pub arabic: &'static str,
    /// As passports write it; several separated by `/` where passports differ.
    pub latin: &'static str,
}

impl Name {
    pub(crate) const fn new(kurdish: &'static str, arabic: &'static str, latin: &'static str) -> Self {
        Self { kurdish, arabic, latin }
    }

    /// A name that both write alike.
    pub(crate) const fn alike(arabic: &'static str, latin: &'static str) -> Self {
        Self { kurdish: arabic, arabic, latin }
    }

    /// A passport's spelling; people of one family may have different ones.
    #[must_use]
    pub fn in_latin(&self, turn: usize) -> &'static str {
        let known = self.latin.split('/').count();
        self.latin.split('/').nth(turn % known).unwrap_or(self.latin)
    }
}

/// Which people's names a family bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Culture {
    /// Kurds of Erbil, Sulaymaniyah and Halabja.
    Sorani,
    /// Kurds of Duhok.
    Badini,
    /// Arabs.
    Arabic,
    /// Turkmens.
    Turkmen,
    /// Assyrians and Chaldeans.
    Assyrian,
}

/// Female or male, as names and registers tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// A girl or woman.
    Female,
    /// A boy or man.
    Male,
}

impl Sex {
    /// The word stored in the register.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

impl Culture {
    /// Every culture.
    pub const ALL: [Self; 5] = [Self::Sorani, Self::Badini, Self::Arabic, Self::Turkmen, Self::Assyrian];

    /// Whether the family writes Kurdish.
    #[must_use]
    pub fn is_kurdish(self) -> bool {
        matches!(self, Self::Sorani | Self::Badini)
    }

    fn own(self, sex: Sex) -> &'static [Name] {
        match (self, sex) {
            (Self::Sorani, Sex::Female) => sorani::WOMEN,
            (Self::Sorani, Sex::Male) => sorani::MEN,
            (Self::Badini, Sex::Female) => badini::WOMEN,
            (Self::Badini, Sex::Male) => badini::MEN,
            (Self::Arabic, Sex::Female) => arabic::WOMEN,
            (Self::Arabic, Sex::Male) => arabic::MEN,
            (Self::Turkmen, Sex::Female) => turkmen::WOMEN,
            (Self::Turkmen, Sex::Male) => turkmen::MEN,
            (Self::Assyrian, Sex::Female) => assyrian::WOMEN,
            (Self::Assyrian, Sex::Male) => assyrian::MEN,
        }
    }

    /// A given name as this people gave it in that year: names of the faith
    /// were commoner among the old, names of their own language among the young.
    #[must_use]
    pub fn given(self, sex: Sex, year: i16, chance: &mut Chance) -> &'static Name {
        let of_the_faith = match (self, year) {
            (Self::Assyrian, _) => 0.0,
            (Self::Arabic, _) => 0.6,
            (_, ..1960) => 0.75,
            (_, 1960..1980) => 0.55,
            (_, 1980..2000) => 0.35,
            _ => 0.25,
        };
        let faith = match sex {
            Sex::Female => muslim::WOMEN,
            Sex::Male => muslim::MEN,
        };
        if chance.happens(of_the_faith) { chance.popular(faith) } else { chance.popular(self.own(sex)) }
    }

    /// A family, tribe or place name, for those who bear one.
    #[must_use]
    pub fn family(self, chance: &mut Chance) -> Option<&'static Name> {
        let (share, pool) = match self {
            Self::Sorani => (0.45, sorani::FAMILIES),
            Self::Badini => (0.5, badini::FAMILIES),
            Self::Arabic => (0.75, arabic::FAMILIES),
            Self::Turkmen => (0.6, turkmen::FAMILIES),
            Self::Assyrian => (0.4, assyrian::FAMILIES),
        };
        chance.happens(share).then(|| chance.popular(pool))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diwan_domain::names::{NameParts, is_arabic_script};
    use std::collections::BTreeSet;

    fn pools() -> Vec<&'static [Name]> {
        let mut pools = vec![muslim::WOMEN, muslim::MEN];
        for culture in Culture::ALL {
            pools.extend([culture.own(Sex::Female), culture.own(Sex::Male)]);
        }
        pools.extend([sorani::FAMILIES, badini::FAMILIES, arabic::FAMILIES]);
        pools.extend([turkmen::FAMILIES, assyrian::FAMILIES]);
        pools
    }

    #[test]
    fn every_spelling_is_a_name_in_its_script() {
        for name in pools().into_iter().flatten() {
            for text in [name.kurdish, name.arabic] {
                assert!(is_arabic_script(text), "{name:?}");
                assert!(NameParts::new(text, "", "", "").is_ok(), "{name:?}");
            }
            for latin in name.latin.split('/') {
                assert!(NameParts::new(latin, "", "", "").is_ok(), "{name:?}");
                assert!(latin.is_ascii() && latin.starts_with(|c: char| c.is_ascii_uppercase()), "{name:?}");
            }
            assert!(!name.arabic.contains(['ە', 'ێ', 'ۆ', 'ڕ', 'ڵ', 'ی', 'ک', 'پ', 'چ', 'گ']), "{name:?}");
        }
    }

    #[test]
    fn no_pool_holds_a_name_twice() {
        for pool in pools() {
            let once: BTreeSet<_> = pool.iter().map(|name| name.kurdish).collect();
            assert_eq!(once.len(), pool.len(), "{:?}", pool.first());
        }
    }

    #[test]
    fn passports_of_one_family_may_spell_a_name_differently() {
        let name = Name::new("ئەحمەد", "أحمد", "Ahmed/Ahmad");
        assert_eq!([name.in_latin(0), name.in_latin(1), name.in_latin(2)], ["Ahmed", "Ahmad", "Ahmed"]);
    }
}
