//! Where the demo's people live: governorates, districts and subdistricts,
//! with the days between which they stood.

use serde::Serialize;

/// The day Halabja stopped being a district of Sulaymaniyah and became a
/// governorate.
pub const HALABJA_SINCE: &str = "2014-03-16";

/// An area in the Region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// A short stable code: `erb-soran`.
    pub code: &'static str,
    /// `governorate`, `district` or `subdistrict`.
    pub kind: &'static str,
    /// The place it lies in, by its index.
    pub parent: Option<usize>,
    /// Its names in ckb, ar, kmr and en.
    pub names: [&'static str; 4],
    /// The first day it stood like this.
    pub from: Option<&'static str>,
    /// The first day it no longer did.
    pub until: Option<&'static str>,
    /// The code of the civil status office that answers for it.
    pub office: &'static str,
    /// How many of a thousand people live here; zero where only smaller
    /// places within it are lived in.
    pub people: u16,
}

impl Place {
    /// Its name by a language code, Sorani when there is none.
    #[must_use]
    pub fn name(&self, language: &str) -> &'static str {
        match language {
            "ar" => self.names[1],
            "kmr" => self.names[2],
            "en" => self.names[3],
            _ => self.names[0],
        }
    }
}

/// Level, code, parent's code, names, office, people of a thousand.
type Row = (char, &'static str, &'static str, [&'static str; 4], &'static str, u16);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ('g', "erb", "", ["هەولێر", "أربيل", "Hewlêr", "Erbil"], "EB", 0),
    ('d', "erb-centre", "erb", ["هەولێری ناوەند", "أربيل المركز", "Hewlêra navend", "Erbil Centre"], "EB", 170),
    ('s', "erb-ankawa", "erb-centre", ["عەنکاوە", "عنكاوا", "Enkawa", "Ankawa"], "EB", 22),
    ('d', "erb-plain", "erb", ["دەشتی هەولێر", "سهل أربيل", "Deşta Hewlêrê", "Erbil Plain"], "EB", 0),
    ('s', "erb-bnaslawa", "erb-plain", ["بنەسڵاوە", "بنصلاوة", "Binaslawe", "Bnaslawa"], "EB", 24),
    ('s', "erb-daratu", "erb-plain", ["دارەتوو", "دارتو", "Daretû", "Daratu"], "EB", 14),
    ('d', "erb-soran", "erb", ["سۆران", "سوران", "Soran", "Soran"], "EB", 24),
    ('s', "erb-diana", "erb-soran", ["دیانا", "ديانا", "Diyana", "Diana"], "EB", 8),
    ('d', "erb-rawanduz", "erb", ["ڕەواندز", "رواندوز", "Rewandiz", "Rawanduz"], "EB", 8),
    ('d', "erb-shaqlawa", "erb", ["شەقڵاوە", "شقلاوة", "Şeqlawe", "Shaqlawa"], "EB", 14),
    ('s', "erb-salahaddin", "erb-shaqlawa", ["سەلاحەدین", "صلاح الدين", "Selahedîn", "Salahaddin"], "EB", 8),
    ('s', "erb-harir", "erb-shaqlawa", ["هەریر", "حرير", "Herîr", "Harir"], "EB", 8),
    ('d', "erb-koya", "erb", ["کۆیە", "كويسنجق", "Koye", "Koya"], "EB", 16),
    ('s', "erb-taqtaq", "erb-koya", ["تەق تەق", "طقطق", "Teqteq", "Taqtaq"], "EB", 5),
    ('d', "erb-choman", "erb", ["چۆمان", "جومان", "Çoman", "Choman"], "EB", 6),
    ('d', "erb-mergasor", "erb", ["مێرگەسۆر", "ميركسور", "Mêrgesor", "Mergasor"], "EB", 7),
    ('d', "erb-khabat", "erb", ["خەبات", "خبات", "Xebat", "Khabat"], "EB", 12),

    ('g', "sul", "", ["سلێمانی", "السليمانية", "Silêmanî", "Sulaymaniyah"], "SU", 0),
    ('d', "sul-centre", "sul", ["سلێمانی ناوەند", "السليمانية المركز", "Silêmaniya navend", "Sulaymaniyah Centre"], "SU", 165),
    ('s', "sul-bakrajo", "sul-centre", ["بەکرەجۆ", "بكرجو", "Bekrejo", "Bakrajo"], "SU", 18),
    ('s', "sul-bazian", "sul-centre", ["بازیان", "بازيان", "Bazyan", "Bazian"], "SU", 10),
    ('d', "sul-ranya", "sul", ["ڕانیە", "رانية", "Ranye", "Ranya"], "SU", 32),
    ('s', "sul-chwarqurna", "sul-ranya", ["چوارقوڕنە", "جوارقورنة", "Çarqurne", "Chwarqurna"], "SU", 10),
    ('d', "sul-pishdar", "sul", ["پشدەر", "بشدر", "Pişder", "Pishdar"], "SU", 20),
    ('d', "sul-dukan", "sul", ["دوکان", "دوكان", "Dûkan", "Dukan"], "SU", 12),
    ('d', "sul-chamchamal", "sul", ["چەمچەماڵ", "جمجمال", "Çemçemal", "Chamchamal"], "SU", 28),
    ('s', "sul-shorsh", "sul-chamchamal", ["شۆڕش", "شورش", "Şoreş", "Shorsh"], "SU", 10),
    ('d', "sul-kalar", "sul", ["کەلار", "كلار", "Kelar", "Kalar"], "SU", 36),
    ('d', "sul-darbandikhan", "sul", ["دەربەندیخان", "دربندخان", "Derbendîxan", "Darbandikhan"], "SU", 10),
    ('d', "sul-penjwen", "sul", ["پێنجوێن", "بنجوين", "Pêncwên", "Penjwen"], "SU", 8),
    ('d', "sul-saidsadiq", "sul", ["سەید سادق", "سيد صادق", "Seyîd Sadiq", "Said Sadiq"], "SU", 14),

    ('g', "dhk", "", ["دهۆک", "دهوك", "Duhok", "Duhok"], "DH", 0),
    ('d', "dhk-centre", "dhk", ["دهۆکی ناوەند", "دهوك المركز", "Duhoka navend", "Duhok Centre"], "DH", 85),
    ('s', "dhk-zawita", "dhk-centre", ["زاویتە", "زاويته", "Zawîte", "Zawita"], "DH", 6),
    ('d', "dhk-zakho", "dhk", ["زاخۆ", "زاخو", "Zaxo", "Zakho"], "DH", 48),
    ('s', "dhk-batifa", "dhk-zakho", ["باتیفا", "باطوفة", "Batîfa", "Batifa"], "DH", 5),
    ('d', "dhk-amedi", "dhk", ["ئامێدی", "العمادية", "Amêdî", "Amedi"], "DH", 10),
    ('s', "dhk-sarsing", "dhk-amedi", ["سەرسنگ", "سرسنك", "Sersing", "Sarsing"], "DH", 5),
    ('s', "dhk-deraluk", "dhk-amedi", ["دێرەلووک", "ديرلوك", "Dêrelok", "Deraluk"], "DH", 6),
    ('d', "dhk-semel", "dhk", ["سێمێل", "سميل", "Sêmêl", "Semel"], "DH", 28),
    ('s', "dhk-fayda", "dhk-semel", ["فایدە", "فايدة", "Feyde", "Fayda"], "DH", 6),
    ('d', "dhk-akre", "dhk", ["ئاکرێ", "عقرة", "Akrê", "Akre"], "DH", 24),
    ('d', "dhk-bardarash", "dhk", ["بەردەڕەش", "بردرش", "Berdereş", "Bardarash"], "DH", 12),

    ('d', "sul-halabja", "sul", ["هەڵەبجە", "حلبجة", "Helebce", "Halabja"], "SU", 0),
    ('g', "hal", "", ["هەڵەبجە", "حلبجة", "Helebce", "Halabja"], "HA", 0),
    ('d', "hal-centre", "hal", ["هەڵەبجەی ناوەند", "حلبجة المركز", "Helebceya navend", "Halabja Centre"], "HA", 30),
    ('s', "hal-sirwan", "hal-centre", ["سیروان", "سيروان", "Sîrwan", "Sirwan"], "HA", 8),
    ('s', "hal-khurmal", "hal-centre", ["خورماڵ", "خورمال", "Xurmal", "Khurmal"], "HA", 9),
    ('s', "hal-byara", "hal-centre", ["بیارە", "بيارة", "Biyare", "Byara"], "HA", 4),
];

/// Every area that stands or stood.
#[must_use]
pub fn places() -> Vec<Place> {
    let index = |code: &str| ROWS.iter().position(|row| row.1 == code);
    let mut places = Vec::with_capacity(ROWS.len());
    for (level, code, parent, names, office, people) in ROWS {
        let kind = match level {
            'g' => "governorate",
            'd' => "district",
            _ => "subdistrict",
        };
        let halabja_since =
            matches!(*code, "hal" | "hal-centre" | "hal-sirwan" | "hal-khurmal" | "hal-byara");
        places.push(Place {
            code,
            kind,
            parent: index(parent),
            names: *names,
            from: halabja_since.then_some(HALABJA_SINCE),
            until: (*code == "sul-halabja").then_some(HALABJA_SINCE),
            office,
            people: *people,
        });
    }
    places
}

/// Where people live, by index, with their weights.
pub(super) fn homes(places: &[Place]) -> (Vec<usize>, Vec<f64>) {
    let lived_in = places.iter().enumerate().filter(|(_, place)| place.people > 0);
    lived_in.map(|(index, place)| (index, f64::from(place.people))).unzip()
}

/// The area that a place was on a day (ISO 8601): before 2014 what is the
/// governorate of Halabja now was one district of Sulaymaniyah.
pub(super) fn area_on(places: &[Place], place: usize, day: &str) -> usize {
    let known = &places[place];
    match known.from {
        Some(from) if day < from => {
            places.iter().position(|other| other.code == "sul-halabja").unwrap_or(place)
        }
        _ => place,
    }
}

/// The governorate a place lies in.
pub(super) fn governorate_of(places: &[Place], place: usize) -> usize {
    let mut at = place;
    while let Some(parent) = places[at].parent {
        at = parent;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_lies_in_a_governorate_that_stands() {
        let places = places();
        for (index, place) in places.iter().enumerate() {
            let top = governorate_of(&places, index);
            assert_eq!(places[top].kind, "governorate", "{}", place.code);
            assert!(
                place.parent.is_none_or(|parent| parent < index),
                "{} stands before what it lies in",
                place.code
            );
            let level = place.parent.map_or("", |parent| places[parent].kind);
            let fits = matches!(
                (level, place.kind),
                ("", "governorate") | ("governorate", "district") | ("district", "subdistrict")
            );
            assert!(fits, "{}", place.code);
        }
        let total: u16 = places.iter().map(|place| place.people).sum();
        assert!((950..=1050).contains(&total), "{total}");
    }

    #[test]
    fn an_old_birth_in_halabja_belongs_to_sulaymaniyah() {
        let places = places();
        let byara = places.iter().position(|place| place.code == "hal-byara").unwrap();
        let then = area_on(&places, byara, "1988-05-04");
        assert_eq!(places[then].code, "sul-halabja");
        assert_eq!(places[governorate_of(&places, then)].code, "sul");
        assert_eq!(area_on(&places, byara, "2014-03-16"), byara);
    }
}
