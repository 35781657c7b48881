//! Waits and queue through the day as a picture: a file of its own, in the colours of the
//! house. Time runs from left to right as on any clock's scale, and every label stands
//! by itself, so that it looks the same beside text of either direction.

use super::Tried;
use super::tables::clock;
use diwan_domain::queue::simulate::summary::Quarter;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 16.0;
const PANEL: f64 = 200.0;
/// Between the panels, for the heading of the next and the hours of the last.
const GAP: f64 = 64.0;
const TOP: f64 = 84.0;

const INK: &str = "#1c1b18";
const SOFT: &str = "#5b5548";
const LINE: &str = "#ddd5c6";
const PAPER: &str = "#fbf8f3";
/// Green for the first plan, deep gold for the second; the second is dashed too, for those
/// who tell no colours apart.
const PLANS: [(&str, &str); 2] = [("#0b4f3a", ""), ("#6d4a00", " stroke-dasharray=\"7 4\"")];

/// Something that is drawn through the day.
struct Curve<'a> {
    /// Of which plan.
    plan: usize,
    /// By quarter; nothing is a gap.
    points: Vec<(i64, Option<f64>)>,
    /// Thinner: what was reached at most.
    is_peak: bool,
    name: &'a str,
}

/// Draws the plans that were tried.
pub fn picture(tried: &[Tried]) -> String {
    let quarters = || tried.iter().flat_map(|one| one.told.quarters.keys().copied());
    // Whole hours around everything that is known; an empty day is drawn from eight to three.
    let (first, last) = (quarters().min().unwrap_or(32), quarters().max().unwrap_or(59));
    let hours = (first.div_euclid(4), last.div_euclid(4) + 1);
    let height = TOP + 2.0 * PANEL + GAP + 56.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"title desc\" direction=\"ltr\" font-family=\"Vazirmatn, sans-serif\" \
         font-size=\"13\" fill=\"{INK}\">\n<title id=\"title\">Waiting through the day</title>\n\
         <desc id=\"desc\">{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>\n",
        escaped(&described(tried))
    );
    for (n, one) in tried.iter().enumerate() {
        legend(&mut svg, n, &one.name);
    }
    let waits = curves(tried, false, "wait", |quarter| quarter.wait);
    panel(&mut svg, TOP, "Minutes waited by those who came then", hours, &waits);
    let mut queue = curves(tried, false, "waiting", |quarter| Some(quarter.length));
    queue.extend(curves(tried, true, "most", |quarter| Some(quarter.most as f64)));
    let heading = "People waiting: on average, and (thin) the most on any day";
    panel(&mut svg, TOP + PANEL + GAP, heading, hours, &queue);
    svg.push_str("</svg>\n");
    svg
}

/// What the picture shows, for those who do not see it.
fn described(tried: &[Tried]) -> String {
    let one = |one: &Tried| {
        let waits = one.told.all;
        let peak = one.told.quarters.iter().max_by(|(_, a), (_, b)| a.length.total_cmp(&b.length));
        let peak = peak.map_or_else(String::new, |(at, quarter)| {
            format!(", most people wait from {} ({:.1} on average)", clock(at * 15), quarter.length)
        });
        format!("{}: mean wait {:.1} minutes, nine of ten {:.1}{peak}.", one.name, waits.mean, waits.p90)
    };
    tried.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn curves<'a>(
    tried: &[Tried],
    is_peak: bool,
    name: &'a str,
    of: impl Fn(&Quarter) -> Option<f64>,
) -> Vec<Curve<'a>> {
    let points = |one: &Tried| one.told.quarters.iter().map(|(at, quarter)| (*at, of(quarter))).collect();
    tried.iter().enumerate().map(|(plan, one)| Curve { plan, points: points(one), is_peak, name }).collect()
}

fn legend(svg: &mut String, plan: usize, name: &str) {
    let (colour, dashes) = PLANS[plan % PLANS.len()];
    let y = 24.0 + plan as f64 * 20.0;
    svg.push_str(&format!(
        "<line x1=\"{LEFT}\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\" stroke=\"{colour}\" stroke-width=\"3\"{dashes}/>\
         <text x=\"{2}\" y=\"{3}\" text-anchor=\"start\">{4}</text>\n",
        y - 4.0,
        LEFT + 32.0,
        LEFT + 40.0,
        y,
        escaped(name)
    ));
}

/// One panel: heading, scale, hours and curves.
fn panel(svg: &mut String, top: f64, heading: &str, (from, until): (i64, i64), curves: &[Curve<'_>]) {
    let most = curves.iter().flat_map(|curve| curve.points.iter().filter_map(|(_, value)| *value));
    let step = step(most.fold(0.0, f64::max));
    let highest = 4.0 * step;
    let bottom = top + PANEL;
    let y = |value: f64| bottom - value / highest * PANEL;
    let x = |quarter: f64| {
        LEFT + (quarter - from as f64 * 4.0) / ((until - from) as f64 * 4.0) * (WIDTH - LEFT - RIGHT)
    };
    svg.push_str(&format!(
        "<text x=\"{LEFT}\" y=\"{}\" text-anchor=\"start\" font-weight=\"600\">{}</text>\n",
        top - 12.0,
        escaped(heading)
    ));
    for n in 0..=4 {
        let value = f64::from(n) * step;
        svg.push_str(&format!(
            "<line x1=\"{LEFT}\" y1=\"{0:.1}\" x2=\"{1}\" y2=\"{0:.1}\" stroke=\"{LINE}\"/>\
             <text x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\" fill=\"{SOFT}\">{value}</text>\n",
            y(value),
            WIDTH - RIGHT,
            LEFT - 8.0,
            y(value) + 4.0
        ));
    }
    // No more hours than find room.
    let every = ((until - from) / 12 + 1).max(1);
    for hour in (from..=until).filter(|hour| (hour - from) % every == 0) {
        svg.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"{SOFT}\">{}</text>\n",
            x(hour as f64 * 4.0),
            bottom + 20.0,
            clock(hour * 60)
        ));
    }
    for curve in curves {
        draw(svg, curve, &x, &y);
    }
}

/// A step of the scale of which four reach the highest value: 1, 2 or 5 and noughts.
fn step(most: f64) -> f64 {
    let steps = (0..8).flat_map(|n| [1.0, 2.0, 5.0].map(|step| step * 10_f64.powi(n)));
    steps.into_iter().find(|step| step * 4.0 >= most).unwrap_or(most / 4.0)
}

/// A curve in steps: a figure holds for its whole quarter. A gap breaks it.
fn draw(svg: &mut String, curve: &Curve<'_>, x: &impl Fn(f64) -> f64, y: &impl Fn(f64) -> f64) {
    let mut path = String::new();
    let mut is_broken = true;
    for (at, value) in &curve.points {
        let Some(value) = value else {
            is_broken = true;
            continue;
        };
        let (start, end) = (x(*at as f64), x((at + 1) as f64));
        let command = if is_broken { 'M' } else { 'L' };
        path.push_str(&format!("{command}{start:.1} {0:.1}L{end:.1} {0:.1}", y(*value)));
        is_broken = false;
    }
    let (colour, dashes) = PLANS[curve.plan % PLANS.len()];
    let width = if curve.is_peak { 1 } else { 3 };
    svg.push_str(&format!(
        "<path class=\"{}\" d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" \
         stroke-linejoin=\"round\"{dashes}/>\n",
        curve.name
    ));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use diwan_domain::queue::simulate::Summary;

    fn tried(name: &str, waits: &[(i64, Option<f64>)]) -> Tried {
        let quarter = |wait| Quarter { came: 1.0, length: 2.0, most: 7, wait };
        let quarters = waits.iter().map(|(at, wait)| (*at, quarter(*wait))).collect();
        Tried { name: name.into(), told: Summary { quarters, ..Summary::default() } }
    }

    fn paths<'a>(svg: &'a str, class: &str) -> Vec<&'a str> {
        let mark = format!("<path class=\"{class}\" d=\"");
        svg.split(&mark).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
    }

    #[test]
    fn a_curve_has_a_step_for_each_quarter_and_breaks_where_nothing_is_known() {
        let svg = picture(&[tried("now", &[(36, Some(5.0)), (37, Some(8.0)), (38, None), (39, Some(1.0))])]);
        let waits = paths(&svg, "wait");
        assert_eq!(waits.len(), 1);
        assert_eq!((waits[0].matches('M').count(), waits[0].matches('L').count()), (2, 4));
        // Eight of a scale to eight: at the panel's top.
        assert!(waits[0].contains(" 84.0L"), "{}", waits[0]);
        assert_eq!(paths(&svg, "waiting").len() + paths(&svg, "most").len(), 2);
    }

    #[test]
    fn two_plans_are_told_apart_without_colours_and_names_are_no_markup() {
        let svg = picture(&[tried("a<b&c", &[(36, Some(5.0))]), tried("second", &[(40, Some(50.0))])]);
        assert_eq!(paths(&svg, "wait").len(), 2);
        assert!(svg.contains("a&lt;b&amp;c") && !svg.contains("a<b"), "{svg}");
        // In the legend and in each of three curves.
        assert_eq!(svg.matches("stroke-dasharray").count(), 4);
        assert!(svg.contains(">09:00<") && svg.contains(">11:00<"), "{svg}");
    }

    #[test]
    fn a_day_on_which_nobody_comes_is_drawn_empty() {
        let svg = picture(&[tried("now", &[])]);
        assert!(svg.contains(">08:00<") && svg.contains(">15:00<"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }

    #[test]
    fn a_scale_has_round_numbers() {
        for (most, expected) in
            [(0.0, 1.0), (4.0, 1.0), (4.1, 2.0), (18.0, 5.0), (55.0, 20.0), (400.0, 100.0)]
        {
            assert!((step(most) - expected).abs() < 1e-9, "{most}");
        }
    }
}
