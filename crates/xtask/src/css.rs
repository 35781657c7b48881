//! One stylesheet in logical properties becomes two in physical ones, for phones that know no others.
//!
//! A page links the sheet of its own direction; nothing has to be decided in the browser. The generator
//! refuses what would look right in one direction only (a `margin-left`), and what old phones drop
//! (`:has`, `@layer`, `gap` between flex items).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::logical::{self, Direction};
use crate::sheet::{self, Block, Declaration};

const SOURCE: &str = "assets/css/app.css";

/// What may not stand in a generated sheet: phones sold before 2019 drop the whole rule.
const TOO_NEW: [&str; 16] = [
    ":has(",
    ":is(",
    ":where(",
    ":dir(",
    "@layer",
    "@container",
    "@supports",
    "&",
    "clamp(",
    "min(",
    "max(",
    "color-mix(",
    "inline-",
    "block-",
    "-inline",
    "-block",
];

/// Writes both sheets from the source.
pub fn write(house: &Path) -> Result<()> {
    for (direction, text) in both(house)? {
        let path = house.join(target(direction));
        fs::write(&path, &text).with_context(|| format!("writing {}", target(direction)))?;
        println!("{}: {} bytes", target(direction), text.len());
    }
    Ok(())
}

/// Fails when a committed sheet is not what the source gives.
pub fn check(house: &Path) -> Result<()> {
    for (direction, text) in both(house)? {
        let found = fs::read_to_string(house.join(target(direction))).unwrap_or_default();
        if found != text {
            bail!("{} is stale: run `cargo xtask css` and commit it", target(direction));
        }
    }
    println!("stylesheets are up to date");
    Ok(())
}

fn both(house: &Path) -> Result<[(Direction, String); 2]> {
    let source = fs::read_to_string(house.join(SOURCE)).with_context(|| format!("reading {SOURCE}"))?;
    let convert = |direction| convert(&source, direction).with_context(|| SOURCE.to_owned());
    Ok([(Direction::Ltr, convert(Direction::Ltr)?), (Direction::Rtl, convert(Direction::Rtl)?)])
}

fn target(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "assets/css/app.ltr.css",
        Direction::Rtl => "assets/css/app.rtl.css",
    }
}

/// The source as a sheet for one direction, minified a little.
pub fn convert(source: &str, direction: Direction) -> Result<String> {
    let mut out = String::from("/* Written by `cargo xtask css` from app.css. Change that file. */\n");
    blocks(&sheet::parse(source)?, direction, &mut out)?;
    let body = out.split_once('\n').map_or("", |(_, body)| body);
    if let Some(word) = TOO_NEW.iter().find(|word| mentions(body, word)) {
        bail!("`{word}` would be left in the {} sheet; old phones do not know it", direction.name());
    }
    Ok(out)
}

/// Whether a sheet uses a word, other than inside a longer one: `minmax(` is no `max(`.
fn mentions(text: &str, word: &str) -> bool {
    let old = text.replace("inline-block", "").replace("inline-flex", "");
    old.match_indices(word).any(|(at, _)| {
        let before = old[..at].chars().next_back();
        !(word.starts_with(char::is_alphabetic) && before.is_some_and(char::is_alphabetic))
    })
}

fn blocks(list: &[Block], direction: Direction, out: &mut String) -> Result<()> {
    for block in list {
        match block {
            Block::Group { prelude, inside } => {
                let mut body = String::new();
                blocks(inside, direction, &mut body)?;
                if !body.is_empty() {
                    out.push_str(&format!("{prelude}{{{body}}}\n"));
                }
            }
            Block::Rule { selectors, declarations, line } => {
                let Some(selectors) = for_direction(selectors, direction) else { continue };
                no_gap_in_flex(declarations, *line)?;
                let mut body = Vec::new();
                for declaration in declarations {
                    body.extend(logical::physical(declaration, direction)?);
                }
                let body: Vec<String> = body.iter().map(|(name, value)| format!("{name}:{value}")).collect();
                out.push_str(&format!("{selectors}{{{}}}\n", body.join(";")));
            }
        }
    }
    Ok(())
}

/// Decides `:dir(rtl)` and `:dir(ltr)` now: the rule is kept without the words, or dropped.
fn for_direction(selectors: &str, direction: Direction) -> Option<String> {
    let kept: Vec<String> = selectors
        .split(',')
        .filter(|one| !one.contains(direction.other().pseudo_class()))
        .map(|one| one.replace(direction.pseudo_class(), ""))
        .collect();
    (!kept.is_empty()).then(|| kept.join(","))
}

/// Old phones know `gap` in grids but not between flex items, and there the items would touch.
fn no_gap_in_flex(declarations: &[Declaration], line: usize) -> Result<()> {
    let flex = declarations.iter().any(|d| d.name == "display" && d.value.contains("flex"));
    let gap = declarations.iter().any(|d| matches!(d.name.as_str(), "gap" | "row-gap" | "column-gap"));
    if flex && gap {
        bail!("line {line}: `gap` between flex items needs a phone from 2020; use margins");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(source: &str) -> (String, String) {
        let body =
            |direction| convert(source, direction).unwrap().split_once('\n').unwrap().1.trim_end().to_owned();
        (body(Direction::Ltr), body(Direction::Rtl))
    }

    fn refusal(source: &str) -> String {
        format!("{:#}", convert(source, Direction::Rtl).unwrap_err())
    }

    #[test]
    fn the_start_is_left_in_one_sheet_and_right_in_the_other() {
        let (ltr, rtl) = sheets(".bad { border-inline-start: 5px solid red; text-align: start }");
        assert_eq!(ltr, ".bad{border-left:5px solid red;text-align:left}");
        assert_eq!(rtl, ".bad{border-right:5px solid red;text-align:right}");
    }

    #[test]
    fn media_groups_are_converted_inside_and_left_as_conditions() {
        let (ltr, _) = sheets("@media (max-width: 40rem) { .a, .b > i { inline-size: 50% } }");
        assert_eq!(ltr, "@media (max-width:40rem){.a,.b>i{width:50%}\n}");
    }

    #[test]
    fn a_rule_for_one_direction_is_decided_here() {
        let (ltr, rtl) = sheets(":root:dir(rtl) { --dir: -1 } a { color: red }");
        assert_eq!(ltr, "a{color:red}");
        assert_eq!(rtl, ":root{--dir:-1}\na{color:red}");
    }

    #[test]
    fn a_side_in_the_source_is_refused_with_its_line() {
        assert!(refusal("a {\n color: red;\n margin-left: 1px }").contains("line 3"));
        assert!(refusal("a { text-align: left }").contains("start"));
        assert!(refusal("a { margin: 0 1px 0 2px }").contains("margin"));
    }

    #[test]
    fn what_old_phones_drop_is_refused() {
        assert!(refusal("p:has(a) { color: red }").contains(":has("));
        assert!(refusal("a { display: flex; gap: 1px }").contains("gap"));
        assert!(refusal("a { inline-size: min(1px, 2px) }").contains("min("));
        assert!(refusal("a { transition: inline-size 1s }").contains("inline-"));
        assert!(
            convert("a { display: inline-block; grid-template-columns: minmax(0, 1fr) }", Direction::Ltr)
                .is_ok()
        );
    }

    #[test]
    fn the_committed_sheets_are_what_the_source_gives() {
        check(&crate::house().unwrap()).unwrap();
    }

    #[test]
    fn the_two_sheets_differ_in_sides_only() {
        let [(_, ltr), (_, rtl)] = both(&crate::house().unwrap()).unwrap();
        let count = |text: &str, word: &str| text.matches(word).count();
        assert_eq!(count(&ltr, "left"), count(&rtl, "right"));
        assert_eq!(count(&ltr, "right"), count(&rtl, "left"));
        assert!(count(&ltr, "left") > 20);
    }
}
