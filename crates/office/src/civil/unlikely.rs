//! What the family that the register knows makes unlikely of an event: a child of these
//! parents on that day, a wedding of two who are kin, a widow's while she waits.

use super::links::{date_of, person_in};
use diwan_domain::civil::rules::Rule;
use diwan_domain::civil::unions::{self, Status};
use diwan_domain::civil::{Content, PartyRole};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::PersonId;
use diwan_store::{Fault, Tx, civil, people};
use jiff::{Span, civil::Date};

/// Above this age a mother is looked at: a grandmother's number may have been written down.
const OLDEST_MOTHER: i32 = 55;

/// No two births of one mother lie nearer to one another, but those of one hour or night.
const DAYS_BETWEEN: i32 = 180;

/// How many days after midnight twins are still of one birth.
const DAYS_OF_TWINS: i32 = 2;

/// Whether what the register knows speaks against the parents of a child: a mother beyond
/// the age, another child of hers some months before or after, a father who was dead for
/// more than a year (Personal Status Law 188/1959, article 51: the longest pregnancy).
pub(super) async fn parents(tx: &mut Tx<'_>, content: &Content) -> Result<bool, Fault> {
    let Some(born) = content.date("happened-on") else { return Ok(false) };
    let mut age = content.date("mother.born-on");
    if let Some(mother) = person_in(content, PartyRole::Mother) {
        let known = people::person(tx, mother).await?.and_then(|row| date_of(row.born_on));
        age = known.or(age);
        if has_child_near(tx, mother, born).await? {
            return Ok(true);
        }
    }
    let is_old =
        |date: PartialDate| date.least_age_on(born.earliest()).is_some_and(|age| age > OLDEST_MOTHER);
    if age.is_some_and(is_old) {
        return Ok(true);
    }
    let Some(father) = person_in(content, PartyRole::Father) else { return Ok(false) };
    let died = people::person(tx, father).await?.and_then(|row| date_of(row.died_on));
    let last = died.and_then(|died| died.latest().checked_add(Span::new().years(1)).ok());
    Ok(last.is_some_and(|last| last < born.earliest()))
}

/// Whether a mother bore another child some months before or after a day, not with it.
async fn has_child_near(tx: &mut Tx<'_>, mother: PersonId, born: PartialDate) -> Result<bool, Fault> {
    let Some(born) = born.whole() else { return Ok(false) };
    let days = |other: Date| born.since(other).map_or(i32::MAX, |span| span.get_days().abs());
    let others = civil::births_by(tx, mother).await?;
    let mut known = others.into_iter().filter_map(PartialDate::whole).map(days);
    Ok(known.any(|days| days > DAYS_OF_TWINS && days < DAYS_BETWEEN))
}

/// Whether the two of a wedding are kin of each other by what the register knows: one the
/// parent, grandparent, brother, sister, uncle or aunt of the other (Personal Status Law
/// 188/1959, article 14).
pub(super) async fn close_kin(tx: &mut Tx<'_>, content: &Content) -> Result<bool, Fault> {
    let of = |role| person_in(content, role);
    let (Some(husband), Some(wife)) = (of(PartyRole::Husband), of(PartyRole::Wife)) else {
        return Ok(false);
    };
    let is_blood = |tie: Option<&str>| matches!(tie, Some("parent" | "child" | "sibling"));
    if is_blood(civil::tie(tx, husband, wife).await?) {
        return Ok(true);
    }
    for (one, other) in [(husband, wife), (wife, husband)] {
        for (parent, tie) in civil::tied(tx, one).await? {
            // That they are kin by somebody whose record is closed would tell of that one.
            if tie == "child" && !parent.protected && is_blood(civil::tie(tx, parent.id, other).await?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether a wife's husband died so shortly before that the law lets her not marry yet.
pub(super) async fn widow_waits(tx: &mut Tx<'_>, content: &Content, rule: &Rule) -> Result<bool, Fault> {
    let (Some(wife), Some(day)) = (person_in(content, PartyRole::Wife), content.date("happened-on")) else {
        return Ok(false);
    };
    let couples = unions::couples(&civil::unions_of(tx, wife).await?, day.latest());
    let mut died =
        couples.into_iter().filter(|one| one.status == Status::Widowed).filter_map(|one| one.since);
    Ok(died.any(|died| rule.is_waiting_since(died, content)))
}
