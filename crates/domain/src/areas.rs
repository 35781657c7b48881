//! Governorates, districts and subdistricts, each with the days between which
//! it existed: Halabja became a governorate in 2014, and a birth entry of 1980
//! still names the one it belonged to then.

use crate::ids::AreaId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The three levels of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// محافظة / پارێزگا.
    Governorate,
    /// قضاء / قەزا.
    District,
    /// ناحية / ناحیە.
    Subdistrict,
}

impl AreaKind {
    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Governorate => "governorate",
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
        }
    }

    /// Reads the stored word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Governorate, Self::District, Self::Subdistrict].into_iter().find(|kind| kind.code() == code)
    }
}

/// One area during one stretch of time. A change of parent or name is a new
/// row with the same code, so that old papers keep their meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Names this row.
    pub id: AreaId,
    /// Its level.
    pub kind: AreaKind,
    /// The area it lies in; none for a governorate.
    pub parent: Option<AreaId>,
    /// A short stable code, such as `erb` or `dhk-zakho`.
    pub code: String,
    /// Its name by language code.
    pub names: BTreeMap<String, String>,
    /// The first day it existed like this.
    pub from: Date,
    /// The first day it no longer did.
    pub until: Option<Date>,
}

impl Area {
    /// Whether the area existed like this on a day.
    #[must_use]
    pub fn stood_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Its name in a language, else in any language it has one in, else its code.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language).or_else(|| self.names.values().next()).map_or(&self.code, String::as_str)
    }
}

/// The area of that id.
#[must_use]
pub fn find(areas: &[Area], id: AreaId) -> Option<&Area> {
    areas.iter().find(|area| area.id == id)
}

/// The area that carried a code on a day.
#[must_use]
pub fn by_code<'a>(areas: &'a [Area], code: &str, on: Date) -> Option<&'a Area> {
    areas.iter().find(|area| area.code == code && area.stood_on(on))
}

/// The areas of one level that stood on a day, inside `parent` when one is
/// given, in the order of the slice.
#[must_use]
pub fn within(areas: &[Area], kind: AreaKind, parent: Option<AreaId>, on: Date) -> Vec<&Area> {
    areas
        .iter()
        .filter(|area| area.kind == kind && area.stood_on(on))
        .filter(|area| parent.is_none() || area.parent == parent)
        .collect()
}

/// From the governorate down to the area itself. Stops at a missing or
/// circular parent, so wrong data cannot hang a page.
#[must_use]
pub fn path(areas: &[Area], id: AreaId) -> Vec<&Area> {
    let mut found: Vec<&Area> = Vec::new();
    let mut next = Some(id);
    while let Some(area) = next.and_then(|id| find(areas, id)) {
        if found.iter().any(|seen| seen.id == area.id) {
            break;
        }
        next = area.parent;
        found.push(area);
    }
    found.reverse();
    found
}

/// Whether `inner` is `outer` or lies inside it.
#[must_use]
pub fn lies_in(areas: &[Area], inner: AreaId, outer: AreaId) -> bool {
    path(areas, inner).iter().any(|area| area.id == outer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn area(n: u128, kind: AreaKind, parent: Option<u128>, code: &str) -> Area {
        Area {
            id: AreaId(Uuid::from_u128(n)),
            kind,
            parent: parent.map(|p| AreaId(Uuid::from_u128(p))),
            code: code.to_owned(),
            names: BTreeMap::from([("en".to_owned(), code.to_uppercase())]),
            from: date(1957, 1, 1),
            until: None,
        }
    }

    /// Halabja: a district of Sulaymaniyah until it became a governorate.
    fn region() -> Vec<Area> {
        let mut old = area(3, AreaKind::District, Some(1), "halabja");
        old.until = Some(date(2014, 3, 16));
        let mut new = area(4, AreaKind::Governorate, None, "halabja");
        new.from = date(2014, 3, 16);
        vec![
            area(1, AreaKind::Governorate, None, "sulaymaniyah"),
            area(2, AreaKind::Governorate, None, "erbil"),
            old,
            new,
        ]
    }

    #[test]
    fn a_code_means_what_it_meant_on_that_day() {
        let areas = region();
        assert_eq!(by_code(&areas, "halabja", date(1990, 1, 1)).unwrap().kind, AreaKind::District);
        assert_eq!(by_code(&areas, "halabja", date(2014, 3, 16)).unwrap().kind, AreaKind::Governorate);
        assert_eq!(within(&areas, AreaKind::Governorate, None, date(2000, 1, 1)).len(), 2);
        assert_eq!(within(&areas, AreaKind::Governorate, None, date(2020, 1, 1)).len(), 3);
    }

    #[test]
    fn a_path_goes_from_the_governorate_down_and_survives_a_circle() {
        let mut areas = region();
        let codes: Vec<&str> = path(&areas, areas[2].id).iter().map(|a| a.code.as_str()).collect();
        assert_eq!(codes, ["sulaymaniyah", "halabja"]);
        assert!(lies_in(&areas, areas[2].id, areas[0].id));
        areas[0].parent = Some(areas[2].id);
        assert_eq!(path(&areas, areas[2].id).len(), 2);
    }
}
