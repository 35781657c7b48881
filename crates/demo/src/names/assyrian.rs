//! Names of Assyrian and Chaldean families.

use super::Name;

/// Given to boys.
pub(super) const MEN: &[Name] = &[
    Name::alike("يوخنا", "Youkhanna/Yokhanna"),
    Name::alike("شمعون", "Shamoun/Shimon"),
    Name::alike("آشور", "Ashur/Ashour"),
    Name::alike("سركون", "Sargon"),
    Name::alike("نينوس", "Ninos"),
    Name::alike("كوركيس", "Gorgis/Gewargis"),
    Name::alike("توما", "Toma"),
    Name::alike("بطرس", "Butrus/Petros"),
    Name::alike("ايشو", "Isho/Eshu"),
    Name::alike("هرمز", "Hormiz/Hurmiz"),
    Name::alike("داود", "Dawood/Dawid"),
    Name::alike("يوسف", "Yousif/Yosip"),
    Name::alike("خوشابا", "Khoshaba"),
    Name::alike("أوديشو", "Odisho/Odesho"),
    Name::alike("زيا", "Zaya"),
    Name::alike("متي", "Matti"),
    Name::alike("سامي", "Sami"),
    Name::alike("ريمون", "Raymon"),
    Name::alike("وردا", "Warda"),
    Name::alike("إيليا", "Eliya"),
];

/// Given to girls.
pub(super) const WOMEN: &[Name] = &[
    Name::alike("شميران", "Shamiran/Shmiran"),
    Name::alike("نينوى", "Ninwa/Nineveh"),
    Name::alike("أترا", "Atra"),
    Name::alike("مارين", "Mareen"),
    Name::alike("وردية", "Wardia"),
    Name::alike("كاترينا", "Katrina"),
    Name::alike("مريم", "Maryam/Mariam"),
    Name::alike("نهرين", "Nahrin/Nahreen"),
    Name::alike("سارينا", "Sarina"),
    Name::alike("حنة", "Hanna"),
    Name::alike("شوشن", "Shoshan"),
    Name::alike("كرستينا", "Christina"),
    Name::alike("بربارة", "Barbara"),
    Name::alike("رفقة", "Rifqa/Rafqa"),
    Name::alike("أشورينا", "Ashurina"),
    Name::alike("تريزا", "Tereza/Theresa"),
    Name::alike("إيلشوا", "Elishwa"),
    Name::alike("راحيل", "Rahel"),
];

/// Villages and houses.
pub(super) const FAMILIES: &[Name] = &[
    Name::alike("القس", "Al-Qas"),
    Name::alike("تياري", "Tiyari/Tyari"),
    Name::alike("عنكاوي", "Ankawi/Ankawa"),
    Name::alike("ألقوشي", "Alqoshi"),
    Name::alike("شقلاوي", "Shaqlawi"),
    Name::alike("برواري", "Barwari"),
    Name::alike("ديري", "Derri"),
    Name::alike("قلو", "Qallo"),
    Name::alike("حداد", "Haddad"),
    Name::alike("نيسان", "Nissan/Nisan"),
];
