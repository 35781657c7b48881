//! Names of Arab families.

use super::Name;

/// Given to boys.
pub(super) const MEN: &[Name] = &[
    Name::new("حەیدەر", "حيدر", "Haider/Haidar"),
    Name::new("عەباس", "عباس", "Abbas"),
    Name::new("ساجد", "ساجد", "Sajid"),
    Name::new("لوئەی", "لؤي", "Luay"),
    Name::new("بەشار", "بشار", "Bashar"),
    Name::new("تاریق", "طارق", "Tariq"),
    Name::new("ڕەعد", "رعد", "Raad"),
    Name::new("زیاد", "زياد", "Ziad/Ziyad"),
    Name::new("فیراس", "فراس", "Firas"),
    Name::new("مازن", "مازن", "Mazin"),
    Name::new("مونتەزەر", "منتظر", "Muntadher"),
    Name::new("سەعد", "سعد", "Saad"),
    Name::new("قەیس", "قيس", "Qais"),
    Name::new("وەلید", "وليد", "Waleed/Walid"),
    Name::new("یاسین", "ياسين", "Yaseen/Yassin"),
    Name::new("زەید", "زيد", "Zaid"),
    Name::new("عەلا", "علاء", "Alaa"),
    Name::new("عیماد", "عماد", "Imad/Emad"),
    Name::new("نەسیر", "نصير", "Naseer"),
    Name::new("ئوسامە", "أسامة", "Osama/Usama"),
    Name::new("جاسم", "جاسم", "Jasim/Jassim"),
    Name::new("شاکر", "شاكر", "Shakir"),
];

/// Given to girls.
pub(super) const WOMEN: &[Name] = &[
    Name::new("هودا", "هدى", "Huda"),
    Name::new("زەهرا", "زهراء", "Zahraa/Zahra"),
    Name::new("نور", "نور", "Noor/Nour"),
    Name::new("ڕەنا", "رنا", "Rana"),
    Name::new("شەیما", "شيماء", "Shaima/Shaimaa"),
    Name::new("ئیسرا", "إسراء", "Israa/Esraa"),
    Name::new("بوشرا", "بشرى", "Bushra"),
    Name::new("سوعاد", "سعاد", "Suad"),
    Name::new("هەنا", "هناء", "Hanaa/Hana"),
    Name::new("ئینتیسار", "انتصار", "Intisar"),
    Name::new("میسا", "ميساء", "Maysaa"),
    Name::new("دوعا", "دعاء", "Duaa"),
    Name::new("غوفران", "غفران", "Ghufran"),
    Name::new("سەحەر", "سحر", "Sahar"),
    Name::new("تەبارەک", "تبارك", "Tabarak"),
    Name::new("وەفا", "وفاء", "Wafaa"),
    Name::new("ئیلهام", "إلهام", "Ilham/Elham"),
    Name::new("نیداء", "نداء", "Nidaa"),
    Name::new("ڕەند", "رند", "Rand"),
    Name::new("ئایە", "آية", "Aya"),
];

/// Tribes, towns and houses.
pub(super) const FAMILIES: &[Name] = &[
    Name::new("جبوری", "الجبوري", "Al-Jubouri/Aljuboori"),
    Name::new("عوبەیدی", "العبيدي", "Al-Obaidi/Alobaidi"),
    Name::new("دولەیمی", "الدليمي", "Al-Dulaimi"),
    Name::new("شەمەری", "الشمري", "Al-Shammari"),
    Name::new("حەدیدی", "الحديدي", "Al-Hadidi"),
    Name::new("نعەیمی", "النعيمي", "Al-Nuaimi"),
    Name::new("تائی", "الطائي", "Al-Taie"),
    Name::new("زوبەیدی", "الزبيدي", "Al-Zubaidi"),
    Name::new("خەزرەجی", "الخزرجي", "Al-Khazraji"),
    Name::new("بەیاتی", "البياتي", "Al-Bayati"),
    Name::new("عەزاوی", "العزاوي", "Al-Azzawi"),
    Name::new("موسڵی", "الموصلي", "Al-Mosuli"),
    Name::new("لهیبی", "اللهيبي", "Al-Luhaibi"),
    Name::new("ساعدی", "الساعدي", "Al-Saadi"),
];
