//! Offices of three ministries, the centres where people are served, and the
//! days on which they are closed.

use super::places::Place;
use diwan_domain::calendar::{Hours, OpeningHours};
use jiff::civil::Date;
use serde::Serialize;

/// An office to be set up.
#[derive(Clone, Debug, Serialize)]
pub struct OfficePlan {
    /// In its documents' numbers: `EB`.
    pub code: &'static str,
    /// The kind that services name as their issuer.
    pub ministry: &'static str,
    /// Its names in ckb, ar, kmr and en.
    pub names: [&'static str; 4],
    /// For which place it answers.
    pub area: usize,
}

/// A centre to be opened.
#[derive(Clone, Debug, Serialize)]
pub struct CentrePlan {
    /// In its counters' numbers: `EB1`.
    pub code: &'static str,
    /// Its names in ckb, ar, kmr and en.
    pub names: [&'static str; 4],
    /// Where it stands.
    pub address: &'static str,
    /// In which governorate, by place.
    pub area: usize,
    /// When it is open.
    pub hours: OpeningHours,
    /// Its counters.
    pub counters: Vec<CounterPlan>,
}

/// A counter to be added.
#[derive(Clone, Debug, Serialize)]
pub struct CounterPlan {
    /// Its label: `C1`.
    pub label: String,
    /// What it is fit for.
    pub abilities: Vec<&'static str>,
}

/// A day off.
#[derive(Clone, Debug, Serialize)]
pub struct HolidayPlan {
    /// The day.
    pub day: Date,
    /// Its names in ckb, ar, kmr and en.
    pub names: [&'static str; 4],
    /// Only in this governorate, by code.
    pub only: Option<&'static str>,
}

#[rustfmt::skip]
const OFFICES: &[(&str, &str, &str, [&str; 4])] = &[
    ("EB", "civil-status", "erb", ["بەڕێوەبەرایەتیی باری کەسێتیی هەولێر", "مديرية الأحوال المدنية في أربيل", "Rêveberiya Rewşa Kesane ya Hewlêrê", "Civil Status Directorate, Erbil"]),
    ("SU", "civil-status", "sul", ["بەڕێوەبەرایەتیی باری کەسێتیی سلێمانی", "مديرية الأحوال المدنية في السليمانية", "Rêveberiya Rewşa Kesane ya Silêmaniyê", "Civil Status Directorate, Sulaymaniyah"]),
    ("DH", "civil-status", "dhk", ["بەڕێوەبەرایەتیی باری کەسێتیی دهۆک", "مديرية الأحوال المدنية في دهوك", "Rêveberiya Rewşa Kesane ya Duhokê", "Civil Status Directorate, Duhok"]),
    ("HA", "civil-status", "hal", ["بەڕێوەبەرایەتیی باری کەسێتیی هەڵەبجە", "مديرية الأحوال المدنية في حلبجة", "Rêveberiya Rewşa Kesane ya Helebceyê", "Civil Status Directorate, Halabja"]),
    ("HD", "health", "erb", ["بەڕێوەبەرایەتیی گشتیی تەندروستیی هەولێر", "المديرية العامة لصحة أربيل", "Rêveberiya Giştî ya Tenduristiya Hewlêrê", "Directorate General of Health, Erbil"]),
    ("TR", "traffic", "erb", ["بەڕێوەبەرایەتیی هاتوچۆی هەولێر", "مديرية مرور أربيل", "Rêveberiya Hatûçûnê ya Hewlêrê", "Traffic Directorate, Erbil"]),
];

fn place(places: &[Place], code: &str) -> usize {
    places.iter().position(|place| place.code == code).unwrap_or_default()
}

/// The offices of three ministries.
#[must_use]
pub(super) fn offices(places: &[Place]) -> Vec<OfficePlan> {
    let plan = |(code, ministry, area, names): &(&'static str, &'static str, &str, [&'static str; 4])| {
        OfficePlan { code, ministry, names: *names, area: place(places, area) }
    };
    OFFICES.iter().map(plan).collect()
}

/// The directorate of a civil status office as books of a time name it: the
/// older ones in Arabic.
pub(super) fn directorate(office: &str, year: i16) -> &'static str {
    let known = OFFICES.iter().find(|row| row.0 == office).unwrap_or(&OFFICES[0]);
    known.3[usize::from(year < 1992)]
}

#[rustfmt::skip]
const CENTRES: &[(&str, &str, [&str; 4], &str, usize)] = &[
    ("EB1", "erb", ["ناوەندی خزمەتگوزاریی هەولێر", "مركز خدمات أربيل", "Navenda Xizmetguzariyê ya Hewlêrê", "Erbil Service Centre"], "شەقامی ٦٠ مەتری، هەولێر", 6),
    ("EB2", "erb", ["ناوەندی خزمەتگوزاریی سۆران", "مركز خدمات سوران", "Navenda Xizmetguzariyê ya Soranê", "Soran Service Centre"], "شەقامی سەرەکی، سۆران", 3),
    ("SU1", "sul", ["ناوەندی خزمەتگوزاریی سلێمانی", "مركز خدمات السليمانية", "Navenda Xizmetguzariyê ya Silêmaniyê", "Sulaymaniyah Service Centre"], "شەقامی سالم، سلێمانی", 5),
    ("DH1", "dhk", ["ناوەندا خزمەتگوزاریێ یا دهۆکێ", "مركز خدمات دهوك", "Navenda Xizmetguzariyê ya Duhokê", "Duhok Service Centre"], "جادا کاوە، دهۆک", 4),
    ("HA1", "hal", ["ناوەندی خزمەتگوزاریی هەڵەبجە", "مركز خدمات حلبجة", "Navenda Xizmetguzariyê ya Helebceyê", "Halabja Service Centre"], "گەڕەکی پیر محەمەد، هەڵەبجە", 3),
    ("MB1", "sul", ["یەکەی گەڕۆکی خزمەتگوزاری", "الوحدة المتنقلة للخدمات", "Yekeya Gerok a Xizmetguzariyê", "Mobile Service Unit"], "گوندەکانی گەرمیان و شارەزوور", 2),
    ("EB3", "erb", ["ناوەندی خزمەتگوزاریی قەڵا", "مركز خدمات القلعة", "Navenda Xizmetguzariyê ya Kelayê", "Citadel Service Centre"], "بەردەم قەڵا، هەولێر", 8),
];

/// The centres, one of them a bus.
#[must_use]
pub(super) fn centres(places: &[Place]) -> Vec<CentrePlan> {
    let plan = |(code, area, names, address, counters): &(
        &'static str,
        &str,
        [&'static str; 4],
        &'static str,
        usize,
    )| {
        let mobile = *code == "MB1";
        CentrePlan {
            code,
            names: *names,
            address,
            area: place(places, area),
            hours: match *code {
                crate::halls::BUSY => every_hour(),
                _ if mobile => long_hours(),
                _ => OpeningHours::usual(),
            },
            counters: (1..=*counters).map(|number| counter(number, mobile)).collect(),
        }
    };
    CENTRES.iter().map(plan).collect()
}

/// The bus serves until the evening, on Saturdays too.
fn long_hours() -> OpeningHours {
    let mut hours = OpeningHours::usual();
    for (day, open) in hours.week.iter_mut().enumerate() {
        *open = if day == 4 { Vec::new() } else { vec![Hours { opens: 510, closes: 1020 }] };
    }
    hours
}

/// One centre never closes: whoever looks at the demonstration at night sees it at work.
fn every_hour() -> OpeningHours {
    let mut hours = OpeningHours::usual();
    hours.week = std::array::from_fn(|_| vec![Hours { opens: 0, closes: 24 * 60 }]);
    hours
}

fn counter(number: usize, mobile: bool) -> CounterPlan {
    let abilities = match number {
        _ if mobile => vec!["wheelchair"],
        1 => vec!["wheelchair", "hearing-loop"],
        2 => vec!["women-only"],
        3 => vec!["quiet"],
        _ => Vec::new(),
    };
    CounterPlan { label: format!("C{number}"), abilities }
}

/// The fixed holidays of this year and the next, and one day of snow in the
/// mountains, announced for one governorate only.
#[must_use]
pub(super) fn holidays(today: Date) -> Vec<HolidayPlan> {
    #[rustfmt::skip]
    const FIXED: &[(i8, i8, [&str; 4])] = &[
        (1, 1, ["سەری ساڵی زایینی", "رأس السنة الميلادية", "Sersala Zayînî", "New Year's Day"]),
        (3, 5, ["یادی ڕاپەڕین", "ذكرى الانتفاضة", "Bîranîna Serhildanê", "Uprising Day"]),
        (3, 20, ["شەوی نەورۆز", "ليلة نوروز", "Şeva Newrozê", "Newroz Eve"]),
        (3, 21, ["نەورۆز", "نوروز", "Newroz", "Newroz"]),
        (3, 22, ["جەژنی نەورۆز", "عيد نوروز", "Cejna Newrozê", "Newroz Holiday"]),
        (5, 1, ["ڕۆژی جیهانیی کرێکاران", "عيد العمال", "Roja Karkeran", "Labour Day"]),
        (12, 25, ["جەژنی لەدایکبوونی مەسیح", "عيد الميلاد", "Cejna Jidayikbûna Mesîh", "Christmas Day"]),
    ];
    let mut plans = Vec::new();
    for year in [today.year(), today.year() + 1] {
        for (month, day, names) in FIXED {
            if let Ok(day) = Date::new(year, *month, *day) {
                plans.push(HolidayPlan { day, names: *names, only: None });
            }
        }
        if let Ok(day) = Date::new(year, 1, 4) {
            let names = ["پشووی بەفر", "عطلة الثلوج", "Betlaneya berfê", "Closed by snow"];
            plans.push(HolidayPlan { day, names, only: Some("erb") });
        }
    }
    plans
}
