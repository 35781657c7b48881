//! Reads the part of CSS that our own stylesheet uses: rules, and groups of rules behind an at-word.

use anyhow::{Result, bail};

/// `name: value` and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    pub name: String,
    pub value: String,
    pub line: usize,
}

/// A rule with declarations, or a group (`@media`) with blocks of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Rule { selectors: String, declarations: Vec<Declaration>, line: usize },
    Group { prelude: String, inside: Vec<Block> },
}

/// At-words that hold declarations, not rules.
const BARE: [&str; 2] = ["@font-face", "@page"];

/// The blocks of a sheet, with whitespace squeezed.
pub fn parse(source: &str) -> Result<Vec<Block>> {
    let text = without_comments(source)?;
    let mut reader = Reader { text: &text, at: 0 };
    let blocks = reader.blocks()?;
    match reader.peek() {
        None => Ok(blocks),
        Some(found) => bail!("line {}: unexpected `{found}`", reader.line()),
    }
}

/// Comments become spaces of the same height, so that lines keep their numbers.
fn without_comments(source: &str) -> Result<String> {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(from) = rest.find("/*") {
        let Some(length) = rest[from..].find("*/") else { bail!("a comment never ends") };
        out.push_str(&rest[..from]);
        out.extend(rest[from..from + length].chars().filter(|c| *c == '\n'));
        rest = &rest[from + length + 2..];
    }
    out.push_str(rest);
    Ok(out)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn line(&self) -> usize {
        self.text[..self.at].matches('\n').count() + 1
    }

    fn blocks(&mut self) -> Result<Vec<Block>> {
        let mut list = Vec::new();
        while let Some(next) = self.peek() {
            if next == '}' {
                break;
            }
            list.push(self.block()?);
        }
        Ok(list)
    }

    fn block(&mut self) -> Result<Block> {
        let line = self.line();
        let prelude = self.until(&['{', ';', '}'])?.to_owned();
        self.expect('{')?;
        let group = prelude.starts_with('@') && !BARE.iter().any(|word| prelude.trim().starts_with(word));
        let block = if group {
            Block::Group { prelude: squeeze(&prelude), inside: self.blocks()? }
        } else {
            let selectors = squeeze_selectors(&prelude);
            Block::Rule { selectors, declarations: self.declarations()?, line }
        };
        self.expect('}')?;
        Ok(block)
    }

    fn declarations(&mut self) -> Result<Vec<Declaration>> {
        let mut list = Vec::new();
        while let Some(next) = self.peek() {
            match next {
                '}' => break,
                ';' => self.at += 1,
                _ => list.push(self.declaration()?),
            }
        }
        Ok(list)
    }

    fn declaration(&mut self) -> Result<Declaration> {
        let line = self.line();
        let text = self.until(&[';', '}', '{'])?;
        let Some((name, value)) = text.split_once(':') else {
            bail!("line {line}: `{}` is no declaration", text.trim())
        };
        let declaration = Declaration { name: name.trim().to_owned(), value: squeeze(value), line };
        if declaration.name.contains(char::is_whitespace) || declaration.value.is_empty() {
            bail!("line {line}: `{}` is no declaration", text.trim());
        }
        Ok(declaration)
    }

    /// The text up to one of the marks, outside quotes and brackets.
    fn until(&mut self, marks: &[char]) -> Result<&str> {
        let from = self.at;
        let (mut depth, mut quote) = (0_i32, None);
        for (place, found) in self.text[from..].char_indices() {
            match (quote, found) {
                (Some(open), _) if open == found => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(found),
                (None, '(') => depth += 1,
                (None, ')') => depth -= 1,
                (None, _) if depth == 0 && marks.contains(&found) => {
                    self.at = from + place;
                    return Ok(&self.text[from..self.at]);
                }
                (None, _) => {}
            }
        }
        bail!("line {}: a block never ends", self.line())
    }

    fn expect(&mut self, mark: char) -> Result<()> {
        match self.peek() {
            Some(found) if found == mark => {
                self.at += 1;
                Ok(())
            }
            Some(found) => bail!("line {}: expected `{mark}`, found `{found}`", self.line()),
            None => bail!("line {}: expected `{mark}`, found the end", self.line()),
        }
    }
}

/// One space where there was whitespace, none after a comma or a colon; text in quotes stays as written.
fn squeeze(text: &str) -> String {
    let mut out = String::new();
    for (nth, part) in text.split('"').enumerate() {
        if nth % 2 == 1 {
            out.push_str(&format!("\"{part}\""));
            continue;
        }
        let (lead, tail) = (part.starts_with(char::is_whitespace), part.ends_with(char::is_whitespace));
        let words =
            part.split_whitespace().collect::<Vec<_>>().join(" ").replace(", ", ",").replace(": ", ":");
        let space = |wanted: bool| if wanted && !words.is_empty() { " " } else { "" };
        let tail = tail && !words.ends_with(',');
        out.push_str(&format!("{}{words}{}", space(lead), space(tail)));
    }
    out.trim().to_owned()
}

fn squeeze_selectors(text: &str) -> String {
    squeeze(text).replace(" > ", ">").replace(" + ", "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_read_with_its_lines() {
        let blocks = parse("/* two\nlines */\na > b, i { color: red;\n content: \"a; b } \" }").unwrap();
        let Block::Rule { selectors, declarations, line } = &blocks[0] else { panic!("no rule") };
        assert_eq!((selectors.as_str(), *line), ("a>b,i", 3));
        assert_eq!(declarations[1].value, "\"a; b } \"");
        assert_eq!(declarations[1].line, 4);
    }

    #[test]
    fn what_is_left_open_or_half_written_is_named() {
        for (source, fault) in [
            ("a { color: red", "never ends"),
            ("a { color }", "no declaration"),
            ("a { } }", "unexpected"),
            ("/* a", "comment"),
            ("a;", "expected `{`"),
        ] {
            let found = format!("{:#}", parse(source).unwrap_err());
            assert!(found.contains(fault), "{source}: {found}");
        }
    }

    #[test]
    fn text_in_quotes_and_between_them_keeps_its_spaces() {
        assert_eq!(squeeze("  attr(data-label)  \": \" "), "attr(data-label) \": \"");
        assert_eq!(squeeze("url(a.woff2)   format(\"woff2\")"), "url(a.woff2) format(\"woff2\")");
        assert_eq!(squeeze("Vazirmatn, \"Segoe UI\", sans"), "Vazirmatn,\"Segoe UI\",sans");
    }
}
