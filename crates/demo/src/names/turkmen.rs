//! Names of Turkmen families.

use super::Name;

/// Given to boys.
pub(super) const MEN: &[Name] = &[
    Name::alike("أرسلان", "Arslan"),
    Name::alike("تيمور", "Taimur/Timur"),
    Name::alike("أوغوز", "Oguz/Oghuz"),
    Name::alike("يلماز", "Yilmaz"),
    Name::alike("أيدن", "Aydin"),
    Name::alike("أورهان", "Orhan"),
    Name::alike("طورهان", "Turhan"),
    Name::alike("نجم الدين", "Najmaddin/Najmuddin"),
    Name::alike("نجدت", "Najdat/Nejdet"),
    Name::alike("إحسان", "Ihsan/Ehsan"),
    Name::alike("سنان", "Sinan"),
    Name::alike("فاضل", "Fadhil"),
    Name::alike("عصمت", "Ismat/Ismet"),
    Name::alike("بهاء الدين", "Bahaddin"),
    Name::alike("قحطان", "Qahtan"),
    Name::alike("جنكيز", "Jengiz/Cengiz"),
];

/// Given to girls.
pub(super) const WOMEN: &[Name] = &[
    Name::alike("أيسل", "Aysel"),
    Name::alike("سيفيل", "Sevil"),
    Name::alike("نورسل", "Nursel"),
    Name::alike("كولشن", "Gulshan/Gulsen"),
    Name::alike("أيتن", "Ayten"),
    Name::new("تورکان", "توركان", "Turkan"),
    Name::alike("ألماس", "Almas"),
    Name::alike("يلدز", "Yildiz"),
    Name::alike("سيودا", "Sevda"),
    Name::alike("جيداء", "Jayda"),
    Name::alike("نوال", "Nawal"),
    Name::alike("شنكول", "Shengul"),
    Name::alike("بلقيس", "Balqees/Bilqis"),
    Name::alike("ناهدة", "Nahida"),
];

/// Trades, towns and houses.
pub(super) const FAMILIES: &[Name] = &[
    Name::alike("بياتلي", "Bayatli"),
    Name::alike("كوبرولو", "Koprulu"),
    Name::alike("صابونجي", "Sabunchi"),
    Name::alike("قصاب أوغلو", "Kasaboglu"),
    Name::alike("نفطجي", "Naftachi"),
    Name::alike("أربيللي", "Arbilli/Erbilli"),
    Name::alike("طوزلو", "Tuzlu"),
    Name::alike("دميرجي", "Demirchi/Demirci"),
    Name::alike("ترزي", "Tarzi"),
    Name::alike("قلعلي", "Qalali"),
];
