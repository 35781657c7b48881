//! Who stands on the extract of a family: the holder, those married to them,
//! their children who have no family of their own, and their parents.

use super::unions::{Couple, Status};

/// What a member of the family is to the holder of the extract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// The holder.
    Holder,
    /// Married to the holder, or left behind by death.
    Spouse,
    /// The holder's child.
    Child,
    /// The holder's father.
    Father,
    /// The holder's mother.
    Mother,
}

impl Tie {
    /// Every tie.
    pub const ALL: [Self; 5] = [Self::Holder, Self::Spouse, Self::Child, Self::Father, Self::Mother];

    /// The word for someone of this sex: `husband` or `wife`, `son` or
    /// `daughter`.
    #[must_use]
    pub fn word(self, sex: &str) -> &'static str {
        match (self, sex) {
            (Self::Holder, _) => "holder",
            (Self::Spouse, "female") => "wife",
            (Self::Spouse, "male") => "husband",
            (Self::Spouse, _) => "spouse",
            (Self::Child, "female") => "daughter",
            (Self::Child, "male") => "son",
            (Self::Child, _) => "child",
            (Self::Father, _) => "father",
            (Self::Mother, _) => "mother",
        }
    }
}

/// A child of the holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child<P> {
    /// Who.
    pub person: P,
    /// How they stand to marriage.
    pub status: Status,
    /// Whether they have died.
    pub died: bool,
}

/// The members of a family, in the order in which they are printed: the
/// holder, husband or wives in the order in which they married, children in
/// the order given, parents. Nobody stands there twice.
///
/// A marriage that ended by a divorce gives nobody a place; one that ended by
/// death does, and so does one whose divorce is not final. Children who married
/// have a page of their own; those who died stay on this one.
#[must_use]
pub fn household<P: PartialEq + Clone>(
    holder: P,
    couples: &[Couple<P>],
    children: &[Child<P>],
    parents: &[(Tie, P)],
) -> Vec<(Tie, P)> {
    let spouses = couples.iter().filter(|couple| couple.status != Status::Divorced);
    let at_home = children.iter().filter(|child| child.died || child.status == Status::Single);
    let all = [(Tie::Holder, holder)]
        .into_iter()
        .chain(spouses.map(|couple| (Tie::Spouse, couple.spouse.clone())))
        .chain(at_home.map(|child| (Tie::Child, child.person.clone())))
        .chain(parents.iter().cloned());
    let mut members: Vec<(Tie, P)> = Vec::new();
    for (tie, person) in all {
        if members.iter().all(|(_, known)| *known != person) {
            members.push((tie, person));
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn couple(spouse: &'static str, status: Status) -> Couple<&'static str> {
        Couple { spouse, status, since: None, is_revocable: false }
    }

    fn child(person: &'static str, status: Status, died: bool) -> Child<&'static str> {
        Child { person, status, died }
    }

    #[test]
    fn a_family_of_two_wives_is_printed_in_order() {
        let couples = [
            couple("Nasrin", Status::Widowed),
            couple("Shirin", Status::Divorced),
            couple("Gulala", Status::Married),
            couple("Chnar", Status::Waiting),
        ];
        let children = [
            child("Rebaz", Status::Single, false),
            child("Lana", Status::Married, false),
            child("Hemin", Status::Married, true),
            child("Sazan", Status::Divorced, false),
            child("Rebaz", Status::Single, false),
        ];
        let parents = [(Tie::Father, "Karim"), (Tie::Mother, "Khaje")];
        assert_eq!(
            household("Azad", &couples, &children, &parents),
            [
                (Tie::Holder, "Azad"),
                (Tie::Spouse, "Nasrin"),
                (Tie::Spouse, "Gulala"),
                (Tie::Spouse, "Chnar"),
                (Tie::Child, "Rebaz"),
                (Tie::Child, "Hemin"),
                (Tie::Father, "Karim"),
                (Tie::Mother, "Khaje"),
            ]
        );
        assert_eq!(household("Dara", &[], &[], &[]), [(Tie::Holder, "Dara")]);
    }

    #[test]
    fn a_tie_has_its_word_for_each_sex() {
        let words = Tie::ALL.map(|tie| ["female", "male", "unknown"].map(|sex| tie.word(sex)));
        assert_eq!(
            words,
            [
                ["holder"; 3],
                ["wife", "husband", "spouse"],
                ["daughter", "son", "child"],
                ["father"; 3],
                ["mother"; 3]
            ]
        );
    }
}
