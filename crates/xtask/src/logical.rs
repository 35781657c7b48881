//! From logical properties to the sides of one direction.

use anyhow::{Result, bail};

use crate::sheet::Declaration;

/// The direction a sheet is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ltr,
    Rtl,
}

impl Direction {
    /// As people and HTML write it.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }

    /// The selector that means this direction.
    pub fn pseudo_class(self) -> &'static str {
        match self {
            Direction::Ltr => ":dir(ltr)",
            Direction::Rtl => ":dir(rtl)",
        }
    }

    /// The one that is not this.
    pub fn other(self) -> Self {
        match self {
            Direction::Ltr => Direction::Rtl,
            Direction::Rtl => Direction::Ltr,
        }
    }

    /// The side where a line of text begins.
    fn start(self) -> &'static str {
        match self {
            Direction::Ltr => "left",
            Direction::Rtl => "right",
        }
    }

    fn end(self) -> &'static str {
        self.other().start()
    }

    /// `inline-start`, `block-end` and the like as a side.
    fn side(self, logical: &str) -> Option<&'static str> {
        Some(match logical {
            "inline-start" => self.start(),
            "inline-end" => self.end(),
            "block-start" => "top",
            "block-end" => "bottom",
            _ => return None,
        })
    }
}

/// Families whose members end in a logical side or axis: `margin-inline-start`, `margin-inline`.
const FAMILIES: [&str; 6] = ["margin", "padding", "inset", "border", "scroll-margin", "scroll-padding"];

/// The same in physical properties; refuses a side written by hand.
pub fn physical(declaration: &Declaration, direction: Direction) -> Result<Vec<(String, String)>> {
    let Declaration { name, value, line } = declaration;
    if name.starts_with("--") {
        return Ok(vec![(name.clone(), value.clone())]);
    }
    if let Some(better) = handed(name, value) {
        bail!("line {line}: `{name}: {value}` knows left from right; write {better}");
    }
    if let Some(size) = size(name) {
        return Ok(vec![(size, value.clone())]);
    }
    if let Some(corner) = corner(name, direction) {
        return Ok(vec![(corner, value.clone())]);
    }
    if let Some(sides) = sides(name, value, direction, *line)? {
        return Ok(sides);
    }
    let value = match (name.as_str(), value.as_str()) {
        ("text-align", "start") | ("float" | "clear", "inline-start") => direction.start().to_owned(),
        ("text-align", "end") | ("float" | "clear", "inline-end") => direction.end().to_owned(),
        ("resize", "block") => "vertical".to_owned(),
        ("resize", "inline") => "horizontal".to_owned(),
        _ => value.clone(),
    };
    let name = match name.as_str() {
        "overflow-inline" => "overflow-x".to_owned(),
        "overflow-block" => "overflow-y".to_owned(),
        _ => name.clone(),
    };
    Ok(vec![(name, value)])
}

/// `inline-size` is width and `block-size` height, with or without `min-` and `max-`.
fn size(name: &str) -> Option<String> {
    let (bound, axis) = match name.split_once('-') {
        Some((bound @ ("min" | "max"), axis)) => (format!("{bound}-"), axis),
        _ => (String::new(), name),
    };
    match axis {
        "inline-size" => Some(format!("{bound}width")),
        "block-size" => Some(format!("{bound}height")),
        _ => None,
    }
}

/// `border-start-end-radius`: the block side first, the inline side second.
fn corner(name: &str, direction: Direction) -> Option<String> {
    let (block, inline) = name.strip_prefix("border-")?.strip_suffix("-radius")?.split_once('-')?;
    let block = direction.side(&format!("block-{block}"))?;
    let inline = direction.side(&format!("inline-{inline}"))?;
    Some(format!("border-{block}-{inline}-radius"))
}

/// One side, or the two ends of an axis; for borders with the part (`-width`) that follows.
fn sides(
    name: &str,
    value: &str,
    direction: Direction,
    line: usize,
) -> Result<Option<Vec<(String, String)>>> {
    if name == "inset" {
        bail!("line {line}: `inset` needs a phone from 2020; write inset-block and inset-inline");
    }
    let Some(family) = FAMILIES.iter().find(|family| {
        name.strip_prefix(**family)
            .is_some_and(|rest| rest.starts_with("-inline") || rest.starts_with("-block"))
    }) else {
        return Ok(None);
    };
    let rest = &name[family.len() + 1..];
    let spelled = |side: &str, part: &str| match *family {
        "inset" => side.to_owned(),
        family => format!("{family}-{side}{part}"),
    };
    for logical in ["inline-start", "inline-end", "block-start", "block-end"] {
        if let Some(part) = rest.strip_prefix(logical) {
            let side = direction.side(logical).expect("the four names are sides");
            return Ok(Some(vec![(spelled(side, part), value.to_owned())]));
        }
    }
    let (axis, part) = match rest.strip_prefix("inline") {
        Some(part) => ("inline", part),
        None => ("block", rest.strip_prefix("block").unwrap_or_default()),
    };
    let whole = *family == "border" && !matches!(part, "-width" | "-style" | "-color");
    let values = if whole { vec![value] } else { words(value) };
    let (first, second) = match values.as_slice() {
        [one] => (*one, *one),
        [first, second] => (*first, *second),
        _ => bail!("line {line}: `{name}` takes one value or two, found `{value}`"),
    };
    let [start, end] =
        ["start", "end"].map(|end| direction.side(&format!("{axis}-{end}")).expect("an axis has ends"));
    Ok(Some(vec![(spelled(start, part), first.to_owned()), (spelled(end, part), second.to_owned())]))
}

/// What a value that knows left from right should have been, if it does.
fn handed(name: &str, value: &str) -> Option<&'static str> {
    let named = |side: &str| name == side || name.split('-').any(|word| word == side);
    if named("left") || named("right") {
        return Some("inline-start or inline-end");
    }
    if matches!(name, "width" | "height" | "min-width" | "max-width" | "min-height" | "max-height") {
        return Some("inline-size or block-size");
    }
    let says = |side: &str| words(value).contains(&side);
    if matches!(name, "text-align" | "float" | "clear") && (says("left") || says("right")) {
        return Some("start or end");
    }
    let uneven = |values: &[&str]| values.len() == 4 && values[1] != values[3];
    if matches!(name, "margin" | "padding" | "inset" | "border-width" | "border-color" | "border-style")
        && uneven(&words(value))
    {
        return Some("the uneven sides apart (margin-inline-start, margin-inline-end)");
    }
    if name == "border-radius" && words(value).len() > 1 {
        return Some("border-start-start-radius and its kin");
    }
    None
}

/// The words of a value; what stands in brackets is one word.
fn words(value: &str) -> Vec<&str> {
    let (mut list, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, found) in value.char_indices() {
        match found {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 => {
                list.push(&value[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    list.push(&value[from..]);
    list.retain(|word| !word.is_empty());
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, value: &str, ltr: &str, rtl: &str) {
        let declaration = Declaration { name: name.into(), value: value.into(), line: 1 };
        let text = |direction| {
            let pairs = physical(&declaration, direction).unwrap();
            pairs.iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>().join(";")
        };
        assert_eq!(text(Direction::Ltr), ltr);
        assert_eq!(text(Direction::Rtl), rtl);
    }

    #[test]
    fn every_logical_property_finds_its_side() {
        check("margin-inline-start", "1em", "margin-left:1em", "margin-right:1em");
        check(
            "margin-inline",
            "1em 2em",
            "margin-left:1em;margin-right:2em",
            "margin-right:1em;margin-left:2em",
        );
        check(
            "margin-block",
            "auto",
            "margin-top:auto;margin-bottom:auto",
            "margin-top:auto;margin-bottom:auto",
        );
        check("padding-block-end", "0", "padding-bottom:0", "padding-bottom:0");
        check("inset-inline-end", "0", "right:0", "left:0");
        check("inset-block", "0", "top:0;bottom:0", "top:0;bottom:0");
        check("border-inline-start", "1px solid", "border-left:1px solid", "border-right:1px solid");
        check("border-inline-end-color", "red", "border-right-color:red", "border-left-color:red");
        check(
            "border-block",
            "1px solid red",
            "border-top:1px solid red;border-bottom:1px solid red",
            "border-top:1px solid red;border-bottom:1px solid red",
        );
        check(
            "border-inline-width",
            "1px 2px",
            "border-left-width:1px;border-right-width:2px",
            "border-right-width:1px;border-left-width:2px",
        );
        check(
            "border-start-start-radius",
            "3px",
            "border-top-left-radius:3px",
            "border-top-right-radius:3px",
        );
        check(
            "border-end-start-radius",
            "3px",
            "border-bottom-left-radius:3px",
            "border-bottom-right-radius:3px",
        );
        check("inline-size", "50%", "width:50%", "width:50%");
        check("max-inline-size", "1em", "max-width:1em", "max-width:1em");
        check("min-block-size", "1em", "min-height:1em", "min-height:1em");
        check("text-align", "end", "text-align:right", "text-align:left");
        check("float", "inline-start", "float:left", "float:right");
        check("scroll-margin-block-start", "1em", "scroll-margin-top:1em", "scroll-margin-top:1em");
        check(
            "padding-inline",
            "calc(1px + 2px) 0",
            "padding-left:calc(1px + 2px);padding-right:0",
            "padding-right:calc(1px + 2px);padding-left:0",
        );
        check("display", "inline-block", "display:inline-block", "display:inline-block");
        check("--left", "left", "--left:left", "--left:left");
    }

    #[test]
    fn a_hand_is_refused() {
        for (name, value) in [
            ("left", "0"),
            ("padding-right", "1em"),
            ("border-left-color", "red"),
            ("float", "right"),
            ("width", "1px"),
            ("margin", "0 1px 0 0"),
            ("border-radius", "1px 0 0 1px"),
            ("inset", "0"),
            ("margin-inline", "1px 2px 3px"),
        ] {
            let declaration = Declaration { name: name.into(), value: value.into(), line: 7 };
            let fault = physical(&declaration, Direction::Ltr).unwrap_err().to_string();
            assert!(fault.contains("line 7"), "{name}: {fault}");
        }
    }
}
