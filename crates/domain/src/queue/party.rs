//! Who may be with somebody in a visit, and how that was consented to: closed lists, so
//! that the journal says how and never who.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// How a companion is known.
    KnownBy {
        /// By the name they said.
        Name = "name",
        /// By a personal number.
        Number = "number",
        /// By a document they showed.
        Document = "document",
    }
}

words! {
    /// What a companion is to the person.
    Relation {
        /// Husband or wife.
        Spouse = "spouse",
        /// Father or mother.
        Parent = "parent",
        /// Son or daughter.
        Child = "child",
        /// Brother or sister.
        Sibling = "sibling",
        /// Another relative.
        Relative = "relative",
        /// A neighbour or friend.
        Friend = "friend",
        /// Who cares for them.
        Carer = "carer",
        /// Who interprets for them.
        Interpreter = "interpreter",
        /// Their lawyer.
        Lawyer = "lawyer",
    }
}

words! {
    /// What a companion may. Signing, answering and consenting stay the person's own.
    May {
        /// Be there and hear what is said.
        Present = "present",
        /// Help with words and papers too.
        Help = "help",
    }
}

words! {
    /// How the person consented.
    Given {
        /// Said so before the officer.
        Spoken = "spoken",
        /// Signed.
        Signature = "signature",
        /// Made a mark before a witness.
        Mark = "mark",
    }
}
