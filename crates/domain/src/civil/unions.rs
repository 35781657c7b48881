//! Marriages and divorces: whether a person is single, married, divorced or
//! widowed on a day.
//!
//! Several marriages may stand at once, a couple may part and marry again, and
//! a divorce ends a marriage only when it is final. Until then, in its waiting
//! period, the two are neither married as before nor free (Personal Status Law
//! 188/1959, articles 37 to 39).

use super::content::Content;
use super::kinds::EventKind;
use crate::dates::PartialDate;
use jiff::civil::Date;

/// How far a divorce has come. It ends a marriage only when it is final.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DivorceState {
    /// Pronounced outside a court, and the claim that it be established is awaited: only
    /// notice was given of it, and the marriage stands.
    Pending,
    /// In the waiting period, with no way back but a new contract. She marries no other
    /// until it ends.
    Waiting,
    /// In the waiting period, and the couple may still come together.
    Revocable,
    /// Taken back: the marriage stands as before.
    Reconciled,
    /// It ended the marriage.
    #[default]
    Final,
}

impl DivorceState {
    /// Every state, in the order in which a divorce may go through them.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Waiting, Self::Revocable, Self::Reconciled, Self::Final];

    /// The word an event's details hold.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Waiting => "waiting",
            Self::Revocable => "revocable",
            Self::Reconciled => "reconciled",
            Self::Final => "final",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What a judgment leads to: taken back or not until its waiting period ends, or final
    /// at once where there is none (Personal Status Law 188/1959, articles 38, 47 and 48).
    #[must_use]
    pub fn of_judgment(said: &Content) -> Self {
        let waits = said.get("waiting-until").is_some() && !said.is_yes("no-waiting");
        match said.get("divorce-kind") {
            Some("revocable") => Self::Revocable,
            Some(_) if waits => Self::Waiting,
            _ => Self::Final,
        }
    }

    /// Where a declared divorce, or one of which notice was given, stands by what is said:
    /// one without a judgment that was pronounced outside court is pending; `None` while
    /// nothing tells.
    #[must_use]
    pub fn told(said: &Content) -> Option<Self> {
        if said.get("judgment").is_some() {
            return Some(Self::of_judgment(said));
        }
        said.is_yes("pronounced-outside-court").then_some(Self::Pending)
    }

    /// What an event's details say. Older entries say nothing: they were
    /// written from judgments that were final. A word that nobody knows does
    /// not set anyone free.
    #[must_use]
    pub fn from_details(said: Option<&str>) -> Self {
        said.map_or(Self::Final, |code| Self::from_code(code).unwrap_or(Self::Pending))
    }
}

/// What an event did to a couple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// They married.
    Marriage,
    /// Their divorce came so far.
    Divorce(DivorceState),
    /// A court found that they never were married.
    Annulment,
}

/// One event of a person's marriages, in the order in which they were recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union<P> {
    /// What happened.
    pub deed: Deed,
    /// With whom.
    pub spouse: P,
    /// When, as far as it is known.
    pub on: Option<PartialDate>,
    /// The day the other died, as far as it is known, if they have.
    pub spouse_died: Option<PartialDate>,
}

/// An event of a person's marriages as the register holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<P> {
    /// Marriage, divorce, reconciliation or annulment; others tell nothing here.
    pub kind: EventKind,
    /// With whom.
    pub spouse: P,
    /// When, as far as it is known.
    pub on: Option<PartialDate>,
    /// Of a divorce: the state that its details hold.
    pub state: Option<String>,
    /// Of a divorce with a waiting period: its last day.
    pub waiting_until: Option<PartialDate>,
    /// The day the other died, as far as it is known, if they have.
    pub spouse_died: Option<PartialDate>,
    /// The day the person themself died, as far as it is known, if they have.
    pub own_died: Option<PartialDate>,
}

/// What the register's events did to a person's marriages. A divorce becomes final by
/// itself when its waiting period is over and the two did not marry anew; a revocable one
/// also only where nobody was taken back meanwhile and neither died (Personal Status Law
/// 188/1959, articles 38 and 48: whoever dies within it leaves a widow or widower).
#[must_use]
pub fn unions_of<P: PartialEq + Clone>(told: &[Told<P>]) -> Vec<Union<P>> {
    let mut unions = Vec::new();
    for one in told {
        let union = |deed, on| Union { deed, spouse: one.spouse.clone(), on, spouse_died: one.spouse_died };
        match one.kind {
            EventKind::Marriage => unions.push(union(Deed::Marriage, one.on)),
            EventKind::Annulment => unions.push(union(Deed::Annulment, one.on)),
            EventKind::Reconciliation => unions.push(union(Deed::Divorce(DivorceState::Reconciled), one.on)),
            EventKind::Divorce => {
                let state = DivorceState::from_details(one.state.as_deref());
                unions.push(union(Deed::Divorce(state), one.on));
                let ends = one.waiting_until.and_then(|until| until.latest().tomorrow().ok());
                let waits = matches!(state, DivorceState::Revocable | DivorceState::Waiting);
                let is_revocable = state == DivorceState::Revocable;
                let is_taken_back = told.iter().any(|other| takes_back(other, one, is_revocable));
                if let (true, Some(ends)) = (waits && !is_taken_back, ends)
                    && (state == DivorceState::Waiting || !death_comes_first(one, ends))
                {
                    unions.push(union(Deed::Divorce(DivorceState::Final), Some(ends.into())));
                }
            }
            _ => {}
        }
    }
    unions
}

/// Whether one event takes the divorce of another back within its waiting period: a
/// reconciliation, where it is revocable, or a new contract of the two. A wedding that may
/// be the one before the divorce takes nothing back.
fn takes_back<P: PartialEq>(one: &Told<P>, divorce: &Told<P>, is_revocable: bool) -> bool {
    let is_after = match one.kind {
        EventKind::Reconciliation => is_revocable && !is_before(one.on, divorce.on),
        EventKind::Marriage => is_before(divorce.on, one.on),
        _ => false,
    };
    is_after && one.spouse == divorce.spouse && !is_before(divorce.waiting_until, one.on)
}

/// Whether one of the two surely died before the waiting period of their divorce ended.
fn death_comes_first<P>(divorce: &Told<P>, ends: Date) -> bool {
    [divorce.spouse_died, divorce.own_died].into_iter().any(|died| is_before(died, Some(ends.into())))
}

/// How a person stands to marriage on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// No marriage is registered.
    Single,
    /// A marriage stands.
    Married,
    /// The only marriage is in the waiting period of a divorce.
    Waiting,
    /// The latest marriage ended by a divorce.
    Divorced,
    /// The latest marriage ended by the other's death.
    Widowed,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Single, Self::Married, Self::Waiting, Self::Divorced, Self::Widowed];

    /// The word that fields, conditions and translators use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Married => "married",
            Self::Waiting => "waiting",
            Self::Divorced => "divorced",
            Self::Widowed => "widowed",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// How one couple stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Couple<P> {
    /// The other.
    pub spouse: P,
    /// `Married`, `Waiting`, `Divorced` or `Widowed`.
    pub status: Status,
    /// Since when, as far as it is known.
    pub since: Option<PartialDate>,
    /// While they wait: whether the one may still take the other back.
    pub is_revocable: bool,
}

impl<P> Couple<P> {
    /// Whether it keeps one of them from marrying somebody else: a marriage that stands
    /// does, and so does a waiting period, for him only while he may take her back.
    #[must_use]
    pub fn binds(&self, is_wife: bool) -> bool {
        match self.status {
            Status::Married => true,
            Status::Waiting => is_wife || self.is_revocable,
            Status::Single | Status::Divorced | Status::Widowed => false,
        }
    }
}

/// Every couple a person is or was half of on a day, in the order in which they
/// first married. What happened later than that day is not yet known to it.
#[must_use]
pub fn couples<P: PartialEq + Clone>(unions: &[Union<P>], day: Date) -> Vec<Couple<P>> {
    let mut couples: Vec<Couple<P>> = Vec::new();
    for union in in_order(unions.iter().filter(|union| has_come(union.on, day))) {
        let before = couples.iter().position(|couple| couple.spouse == union.spouse);
        if union.deed == Deed::Annulment {
            couples.retain(|couple| couple.spouse != union.spouse);
            continue;
        }
        // What is over, or irrevocable, is not taken back: that takes a new contract (article 38).
        let is_past_return = before.is_some_and(|at| match couples[at].status {
            Status::Waiting => !couples[at].is_revocable,
            status => status == Status::Divorced,
        });
        if is_past_return && union.deed == Deed::Divorce(DivorceState::Reconciled) {
            continue;
        }
        let status = match union.deed {
            Deed::Marriage | Deed::Divorce(DivorceState::Pending | DivorceState::Reconciled) => {
                Status::Married
            }
            Deed::Divorce(DivorceState::Waiting | DivorceState::Revocable) => Status::Waiting,
            Deed::Divorce(DivorceState::Final) | Deed::Annulment => Status::Divorced,
        };
        let is_revocable = union.deed == Deed::Divorce(DivorceState::Revocable);
        let couple = Couple { spouse: union.spouse.clone(), status, since: union.on, is_revocable };
        match before {
            // What did not change anything does not change since when it is so. Who cannot
            // be taken back any more cannot by a second divorce.
            Some(at) if couples[at].status == status => couples[at].is_revocable &= is_revocable,
            Some(at) => couples[at] = couple,
            None => couples.push(couple),
        }
    }
    for couple in &mut couples {
        let died = unions.iter().find(|union| union.spouse == couple.spouse).and_then(|u| u.spouse_died);
        let stands =
            couple.status == Status::Married || couple.status == Status::Waiting && couple.is_revocable;
        if stands && died.is_some() && has_come(died, day) {
            (couple.status, couple.since) = (Status::Widowed, died);
        }
    }
    couples
}

/// How a person stands to marriage on a day: a marriage that stands goes before
/// everything, one in its waiting period before those that ended, and of those
/// the latest counts.
#[must_use]
pub fn status<P: PartialEq + Clone>(unions: &[Union<P>], day: Date) -> Status {
    let couples = couples(unions, day);
    for standing in [Status::Married, Status::Waiting] {
        if couples.iter().any(|couple| couple.status == standing) {
            return standing;
        }
    }
    // Of two that ended on days that are not told apart, the later couple counts.
    let ended = |couple: &&Couple<P>| couple.since.map(|since| (since.year(), since.month(), since.day()));
    couples.iter().max_by_key(ended).map_or(Status::Single, |couple| couple.status)
}

/// Whether a day that may be partly known can have come: one that is not known
/// at all has.
fn has_come(on: Option<PartialDate>, day: Date) -> bool {
    on.is_none_or(|on| {
        let today = (day.year(), day.month(), day.day());
        (on.year(), on.month().unwrap_or(1), on.day().unwrap_or(1)) <= today
    })
}

/// Whether one day is earlier than another beyond doubt.
fn is_before(one: Option<PartialDate>, other: Option<PartialDate>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let latest = (one.year(), one.month().unwrap_or(12), one.day().unwrap_or(31));
    latest < (other.year(), other.month().unwrap_or(1), other.day().unwrap_or(1))
}

/// By date where the dates tell, and as they were recorded where they do not:
/// a book that knows only the year of a divorce does not put it before the
/// wedding of that year.
fn in_order<'u, P>(unions: impl Iterator<Item = &'u Union<P>>) -> Vec<&'u Union<P>> {
    let mut sorted: Vec<&Union<P>> = Vec::new();
    for union in unions {
        let later = sorted.iter().rev().take_while(|known| is_before(union.on, known.on)).count();
        sorted.insert(sorted.len() - later, union);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::DivorceState::{Final, Pending, Reconciled, Revocable, Waiting};
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);

    fn day(text: &str) -> Option<PartialDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn wed(spouse: &'static str, on: &str) -> Union<&'static str> {
        Union { deed: Deed::Marriage, spouse, on: day(on), spouse_died: None }
    }

    fn parted(spouse: &'static str, on: &str, state: DivorceState) -> Union<&'static str> {
        Union { deed: Deed::Divorce(state), spouse, on: day(on), spouse_died: None }
    }

    #[test]
    fn a_whole_life_is_told_on_every_day_of_it() {
        let mut life = vec![
            wed("Nasrin", "1990-05-01"),
            parted("Nasrin", "1995-02-01", Revocable),
            parted("Nasrin", "1995-03-01", Reconciled),
            parted("Nasrin", "2001-06-01", Revocable),
            parted("Nasrin", "2001-09-10", Final),
            wed("Nasrin", "2003-01-01"),
            wed("Gulala", "2005-01-01"),
            parted("Nasrin", "2010-01-01", Final),
        ];
        life[0].spouse_died = day("2012-01-01");
        life[6].spouse_died = day("2020-08-08");
        for (on, wanted) in [
            (date(1990, 4, 30), Status::Single),
            (date(1990, 5, 1), Status::Married),
            (date(1995, 2, 15), Status::Waiting),
            (date(1995, 3, 1), Status::Married),
            (date(2001, 7, 1), Status::Waiting),
            (date(2001, 9, 10), Status::Divorced),
            (date(2003, 1, 1), Status::Married),
            (date(2006, 1, 1), Status::Married),
            (date(2010, 1, 2), Status::Married),
            (date(2020, 8, 7), Status::Married),
            (date(2020, 8, 8), Status::Widowed),
            (TODAY, Status::Widowed),
        ] {
            assert_eq!(status(&life, on), wanted, "on {on}");
        }
    }

    #[test]
    fn two_marriages_stand_at_once() {
        let mut unions = vec![wed("Nasrin", "2000"), wed("Gulala", "2005-03")];
        let standing = |unions: &[Union<&'static str>]| {
            couples(unions, TODAY).into_iter().filter(|c| c.status == Status::Married).count()
        };
        assert_eq!(standing(&unions), 2);
        unions.push(parted("Nasrin", "2010", Final));
        assert_eq!((standing(&unions), status(&unions, TODAY)), (1, Status::Married));
        unions[1].spouse_died = day("2015");
        assert_eq!((standing(&unions), status(&unions, TODAY)), (0, Status::Widowed));
    }

    #[test]
    fn a_divorce_that_is_not_final_sets_nobody_free() {
        for (state, wanted) in [
            (Pending, Status::Married),
            (Waiting, Status::Waiting),
            (Revocable, Status::Waiting),
            (Reconciled, Status::Married),
            (Final, Status::Divorced),
        ] {
            let unions = [wed("Dana", "2019-01-01"), parted("Dana", "2026-10-01", state)];
            assert_eq!(status(&unions, TODAY), wanted, "{}", state.code());
        }
        assert_eq!(DivorceState::from_details(None), Final, "older entries were final");
        assert_eq!(DivorceState::from_details(Some("finall")), Pending, "a slip sets nobody free");
        for state in DivorceState::ALL {
            assert_eq!(DivorceState::from_details(Some(state.code())), state);
        }
    }

    #[test]
    fn who_dies_in_the_waiting_period_leaves_a_widow_and_later_does_not() {
        let mut unions = vec![wed("Dana", "2019"), parted("Dana", "2020-05-01", Revocable)];
        unions[0].spouse_died = day("2020-06-01");
        assert_eq!(status(&unions, TODAY), Status::Widowed);
        unions.push(parted("Dana", "2020-05-20", Final));
        assert_eq!(status(&unions, TODAY), Status::Divorced);
    }

    #[test]
    fn the_latest_end_counts_and_partly_known_days_keep_their_order() {
        let mut unions = vec![wed("Ali", "1990"), wed("Omar", "1999"), parted("Omar", "2001", Final)];
        unions[0].spouse_died = day("1998");
        assert_eq!(status(&unions, TODAY), Status::Divorced);
        let one_year = [wed("Ali", "1998-03"), parted("Ali", "1998", Final)];
        assert_eq!(status(&one_year, TODAY), Status::Divorced, "as they were recorded");
        let entered_late = [parted("Ali", "1999", Final), wed("Ali", "1998")];
        assert_eq!(status(&entered_late, TODAY), Status::Divorced, "the dates tell");
        let unknown = [wed("Ali", ""), parted("Ali", "", Final)];
        assert_eq!(status(&unknown, TODAY), Status::Divorced);
        assert_eq!(status::<u8>(&[], TODAY), Status::Single);
    }

    fn told(kind: EventKind, on: &str, waiting_until: &str) -> Told<&'static str> {
        let state = (kind == EventKind::Divorce).then(|| "revocable".to_owned());
        Told {
            kind,
            spouse: "Dana",
            on: day(on),
            state,
            waiting_until: day(waiting_until),
            spouse_died: None,
            own_died: None,
        }
    }

    #[test]
    fn a_waiting_period_that_ends_makes_a_divorce_final_unless_someone_was_taken_back() {
        let mut life =
            vec![told(EventKind::Marriage, "2015", ""), told(EventKind::Divorce, "2020-01-01", "2020-04-01")];
        let at = |life: &[Told<&'static str>], on| status(&unions_of(life), on);
        assert_eq!(at(&life, date(2020, 4, 1)), Status::Waiting);
        assert_eq!(at(&life, date(2020, 4, 2)), Status::Divorced);
        life.push(told(EventKind::Reconciliation, "2020-03-01", ""));
        assert_eq!(at(&life, date(2020, 2, 1)), Status::Waiting);
        assert_eq!(at(&life, date(2020, 4, 2)), Status::Married);
        life.push(told(EventKind::Divorce, "2024-05-01", "2024-08-01"));
        assert_eq!(at(&life, date(2024, 8, 2)), Status::Divorced, "the first taking back is spent");
    }

    #[test]
    fn whoever_dies_within_the_waiting_period_leaves_a_widow_for_good() {
        let died = |on: &str, by_themself: bool| {
            let mut life = vec![
                told(EventKind::Marriage, "2015", ""),
                told(EventKind::Divorce, "2020-01-01", "2020-04-01"),
            ];
            for one in &mut life {
                *(if by_themself { &mut one.own_died } else { &mut one.spouse_died }) = day(on);
            }
            unions_of(&life)
        };
        let within = died("2020-02-10", false);
        for on in [date(2020, 2, 10), date(2020, 4, 1), date(2020, 4, 2), TODAY] {
            assert_eq!(status(&within, on), Status::Widowed, "on {on}");
        }
        assert_eq!(status(&within, date(2020, 2, 9)), Status::Waiting);
        assert_eq!(status(&died("2020-04-02", false), TODAY), Status::Divorced, "it was over by then");
        assert_eq!(status(&died("2020", false), TODAY), Status::Divorced, "when is not known");
        // On the page of the dead the other still stands.
        let page = couples(&died("2020-02-10", true), TODAY);
        assert_eq!(page.iter().map(|couple| couple.status).collect::<Vec<_>>(), [Status::Waiting]);
    }

    #[test]
    fn a_new_contract_within_the_waiting_period_is_a_marriage_that_stays() {
        let mut life =
            vec![told(EventKind::Marriage, "2020", ""), told(EventKind::Divorce, "2020-05-01", "2020-08-01")];
        let at = |life: &[Told<&'static str>], on| status(&unions_of(life), on);
        assert_eq!(at(&life, TODAY), Status::Divorced, "the wedding of that year was before");
        life.push(told(EventKind::Marriage, "2020-06-15", ""));
        assert_eq!(at(&life, date(2020, 6, 14)), Status::Waiting);
        assert_eq!(at(&life, TODAY), Status::Married);
    }

    #[test]
    fn what_is_over_is_not_taken_back() {
        let mut life = vec![
            told(EventKind::Marriage, "2015", ""),
            told(EventKind::Divorce, "2020-01-01", "2020-04-01"),
            told(EventKind::Reconciliation, "2021-03-01", ""),
        ];
        assert_eq!(status(&unions_of(&life), TODAY), Status::Divorced);
        life.push(told(EventKind::Marriage, "2022-01-01", ""));
        assert_eq!(status(&unions_of(&life), TODAY), Status::Married);
    }

    #[test]
    fn an_irrevocable_divorce_waits_without_a_way_back_and_is_final_on_its_day() {
        let mut life =
            vec![told(EventKind::Marriage, "2015", ""), told(EventKind::Divorce, "2020-01-01", "2020-04-01")];
        life[1].state = Some("waiting".to_owned());
        let at = |life: &[Told<&'static str>], on| status(&unions_of(life), on);
        let binds =
            |on| couples(&unions_of(&life), on).first().map(|two| (two.binds(true), two.binds(false)));
        assert_eq!(at(&life, date(2020, 4, 1)), Status::Waiting);
        assert_eq!(binds(date(2020, 4, 1)), Some((true, false)), "she marries nobody else, he may");
        assert_eq!(binds(date(2020, 4, 2)), Some((false, false)));
        assert_eq!(at(&life, date(2020, 4, 2)), Status::Divorced);
        // Taking back takes nothing back.
        let mut taken_back = life.clone();
        taken_back.push(told(EventKind::Reconciliation, "2020-02-01", ""));
        assert_eq!(at(&taken_back, date(2020, 2, 2)), Status::Waiting);
        assert_eq!(at(&taken_back, TODAY), Status::Divorced);
        // A new contract of the two is a marriage.
        let mut anew = life.clone();
        anew.push(told(EventKind::Marriage, "2020-02-01", ""));
        assert_eq!(at(&anew, TODAY), Status::Married);
        // Whoever dies within it leaves nobody behind.
        for one in &mut life {
            one.spouse_died = day("2020-02-10");
        }
        assert_eq!(at(&life, date(2020, 3, 1)), Status::Waiting);
        assert_eq!(at(&life, TODAY), Status::Divorced);
    }

    #[test]
    fn a_divorce_stands_where_what_is_said_puts_it() {
        let judged = |more: &[(&str, &str)]| -> Content {
            [("judgment", "7/2026")].iter().chain(more).copied().collect()
        };
        for (said, wanted) in [
            (judged(&[("divorce-kind", "revocable"), ("waiting-until", "2026-12-01")]), Some(Revocable)),
            (judged(&[("divorce-kind", "irrevocable"), ("waiting-until", "2026-12-01")]), Some(Waiting)),
            (judged(&[("divorce-kind", "separation"), ("no-waiting", "yes")]), Some(Final)),
            (judged(&[("pronounced-outside-court", "yes"), ("divorce-kind", "irrevocable")]), Some(Final)),
            ([("pronounced-outside-court", "yes")].into_iter().collect(), Some(Pending)),
            ([("divorce-kind", "revocable")].into_iter().collect(), None),
        ] {
            assert_eq!(DivorceState::told(&said), wanted, "{said:?}");
        }
    }

    #[test]
    fn what_was_annulled_never_was() {
        let life = [told(EventKind::Marriage, "2015", ""), told(EventKind::Annulment, "2016-02-02", "")];
        assert_eq!(status(&unions_of(&life), date(2015, 12, 31)), Status::Married);
        assert_eq!(status(&unions_of(&life), TODAY), Status::Single);
    }

    #[test]
    fn words_are_read_back() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
        assert_eq!(Status::from_code("free"), None);
    }
}
