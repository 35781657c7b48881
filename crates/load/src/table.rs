//! The table of figures, for people and as JSON.

use serde_json::{Value, json};

/// One measured figure beside its ceiling from the same run.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// The figure.
    pub figure: f64,
    /// Its unit.
    pub unit: &'static str,
    /// The ceiling measured in the same run.
    pub ceiling: Option<f64>,
    /// What the ratio should reach, at least; or, without a ceiling, what the
    /// figure should not pass.
    pub wanted: Option<f64>,
    /// What else is worth knowing.
    pub note: String,
}

impl Line {
    /// A figure with its ceiling.
    pub fn ratio(
        what: impl Into<String>,
        figure: f64,
        unit: &'static str,
        ceiling: f64,
        wanted: f64,
    ) -> Self {
        let ceiling = Some(ceiling);
        Self { what: what.into(), figure, unit, ceiling, wanted: Some(wanted), note: String::new() }
    }

    /// A figure that should stay below something.
    pub fn below(what: impl Into<String>, figure: f64, unit: &'static str, most: f64) -> Self {
        Self { what: what.into(), figure, unit, ceiling: None, wanted: Some(most), note: String::new() }
    }

    /// A figure with nothing to compare it with.
    pub fn plain(what: impl Into<String>, figure: f64, unit: &'static str) -> Self {
        Self { what: what.into(), figure, unit, ceiling: None, wanted: None, note: String::new() }
    }

    /// Adds a note.
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn share(&self) -> Option<f64> {
        self.ceiling.map(|ceiling| self.figure / ceiling)
    }

    fn reached(&self) -> Option<bool> {
        let wanted = self.wanted?;
        Some(self.share().map_or(self.figure <= wanted, |share| share >= wanted))
    }

    fn row(&self) -> String {
        let number = |n: f64| if n >= 100.0 { format!("{n:.0}") } else { format!("{n:.2}") };
        let ceiling = self.ceiling.map(number).unwrap_or_default();
        let share = self.share().map(|share| format!("{share:.2}")).unwrap_or_default();
        let wanted = match (self.wanted, self.ceiling) {
            (Some(wanted), Some(_)) => format!("≥ {wanted}"),
            (Some(most), None) => format!("≤ {}", number(most)),
            _ => String::new(),
        };
        let reached = match self.reached() {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        format!(
            "| {} | {} {} | {ceiling} | {share} | {wanted} | {reached} | {} |",
            self.what,
            number(self.figure),
            self.unit,
            self.note
        )
    }
}

/// Tells figures as soon as they are known: a run may break off later.
pub fn told(lines: Vec<Line>) -> Vec<Line> {
    for line in &lines {
        eprintln!("{}", line.row());
    }
    lines
}

/// The table in Markdown.
pub fn markdown(lines: &[Line]) -> String {
    let head = "| what | figure | ceiling | ratio | wanted | reached | note |\n|---|---|---|---|---|---|---|";
    let rows: Vec<String> = lines.iter().map(Line::row).collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

/// The same as JSON.
pub fn json(lines: &[Line]) -> Value {
    let line = |line: &Line| {
        json!({"what": line.what, "figure": line.figure, "unit": line.unit, "ceiling": line.ceiling,
               "ratio": line.share(), "wanted": line.wanted, "reached": line.reached(), "note": line.note})
    };
    json!({"lines": lines.iter().map(line).collect::<Vec<_>>()})
}
