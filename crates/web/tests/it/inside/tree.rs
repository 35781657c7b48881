//! A family as a picture.

use diwan_office::civil::Kin;
use diwan_web::inside::tree::{BOX, MOST, Relative, WIDTH, picture};
use diwan_web::words::Words;

fn relative(tie: Option<Kin>, name: &str) -> Relative {
    Relative { tie, name: name.to_owned(), years: (Some("1970-05-01".into()), None) }
}

#[test]
fn generations_stand_below_each_other_and_begin_where_people_begin_to_read() {
    let words = Words::load().unwrap();
    let family = [
        relative(Some(Kin::Parent), "Azad"),
        relative(Some(Kin::Parent), "Hevin"),
        relative(None, "Shilan <Karim>"),
        relative(Some(Kin::Child), "Lavin"),
    ];
    let at = |svg: &str, name: &str| -> (i64, i64) {
        let before = svg.split(&format!(">{name}<")).next().unwrap();
        let text = before.rsplit("<text").next().unwrap();
        let number = |key: &str| {
            text.split(&format!(" {key}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        (number("x"), number("y"))
    };
    for (code, is_mirrored) in [("en", false), ("ckb", true)] {
        let lang = words.language(code).unwrap();
        let svg = picture(&lang, "Shilan", &family);
        let (azad, hevin, own) = (at(&svg, "Azad"), at(&svg, "Hevin"), at(&svg, "Shilan &lt;Karim&gt;"));
        assert_eq!(azad.0 > hevin.0, is_mirrored, "{svg}");
        assert_eq!(azad.1, hevin.1);
        assert!(hevin.1 < own.1 && own.1 < at(&svg, "Lavin").1, "{svg}");
        let label = svg.split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap();
        for name in ["Azad", "Hevin", "Lavin"] {
            assert!(label.contains(name), "{label}");
        }
    }
}

#[test]
fn a_large_family_stays_within_the_picture() {
    let words = Words::load().unwrap();
    let lang = words.language("en").unwrap();
    let mut family = vec![relative(None, "Shilan")];
    family.extend((0..15).map(|n| relative(Some(Kin::Child), &format!("Child {n}"))));
    let svg = picture(&lang, "Shilan", &family);
    assert_eq!(svg.matches("<rect").count(), 1 + MOST);
    let xs = svg.split("<rect class=\"kin\" x=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    for x in xs {
        let x: i64 = x.parse().unwrap();
        assert!(x >= 0 && x + BOX.0 <= WIDTH, "{x}");
    }
    // The picture names them all to whoever does not see it.
    assert!(svg.contains("Child 14"));
}
