//! What may be told of a person, one by one: an administrator allows a program
//! each of them. A faith and a cause of death are not among them.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// Something that may be told of a person.
    Field {
        /// The personal number (UIN).
        Identifier = "identifier",
        /// Every other number: card, passport, refugee certificate.
        OtherIdentifiers = "other_identifiers",
        /// Numbers of their entries: birth, death, marriage, divorce.
        RegistrationNumbers = "registration_numbers",
        /// The name.
        Name = "name",
        /// The sex.
        Sex = "sex",
        /// The date of birth, perhaps partly known.
        BirthDate = "birth_date",
        /// Where they were born.
        BirthPlace = "birth_place",
        /// The date of death.
        DeathDate = "death_date",
        /// Where they died.
        DeathPlace = "death_place",
        /// How they stand to marriage.
        MaritalStatus = "marital_status",
        /// The days of their marriages.
        MarriageDate = "marriage_date",
        /// The days of their divorces.
        DivorceDate = "divorce_date",
        /// The personal numbers of their parents.
        Parents = "parents",
    }
}
