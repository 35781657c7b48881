//! Whatever is booked, changed and given back in whatever order: no slot takes more than it
//! has places, and nobody holds two.

use super::booking::tests::{ask, booking, request};
use super::tests::{SUNDAY, offer};
use super::{Booking, For, Request, Standing};
use crate::calendar::{Holidays, OpeningHours};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
    Book(i64, bool, u8),
    Change(usize, i64, bool),
    Cancel(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (0_i64..12, any::<bool>(), 0_u8..40).prop_map(|(slot, kept, who)| Act::Book(slot, kept, who)),
        2 => (0_usize..60, 0_i64..12, any::<bool>()).prop_map(|(n, slot, kept)| Act::Change(n, slot, kept)),
        1 => (0_usize..60).prop_map(Act::Cancel),
    ];
    proptest::collection::vec(act, 1..160)
}

fn who(kept: bool) -> For {
    if kept { For::Vulnerable } else { For::Anyone }
}

/// Does what is asked, if it fits.
fn perform(bookings: &mut Vec<Booking>, act: Act) {
    let minute = |slot: i64| 510 + slot * 30;
    let wanted = match act {
        Act::Cancel(n) => {
            if let Some(one) = bookings.get_mut(n) {
                one.standing = Standing::Cancelled;
            }
            return;
        }
        Act::Book(slot, kept, person) => request(minute(slot), who(kept), &person.to_string()),
        Act::Change(n, slot, kept) => {
            let Some(old) = bookings.get(n) else { return };
            let wanted = request(minute(slot), who(kept), &old.identity);
            Request { instead_of: Some(old.id.clone()), ..wanted }
        }
    };
    if ask(bookings, &wanted).is_err() {
        return;
    }
    if let Some(old) = bookings.iter_mut().find(|one| Some(&one.id) == wanted.instead_of.as_ref()) {
        (old.at, old.who) = (wanted.at, wanted.who);
    } else {
        let id = bookings.len().to_string();
        bookings.push(Booking { id, at: wanted.at, ..booking("", 0, wanted.who, &wanted.identity) });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slot_is_overbooked_whatever_the_order_of_acts(acts in acts()) {
        let slots = offer().slots(SUNDAY, &OpeningHours::usual(), &Holidays::default());
        let mut bookings = Vec::new();
        for act in acts {
            perform(&mut bookings, act);
            let open = || bookings.iter().filter(|one: &&Booking| one.standing == Standing::Open);
            for slot in &slots {
                let here = || open().filter(|one| one.at == slot.at);
                let anyone = here().filter(|one| one.who == For::Anyone).count();
                prop_assert!(anyone <= usize::from(slot.places.booked));
                prop_assert!(here().count() <= usize::from(slot.places.booked + slot.places.vulnerable));
            }
            for one in open() {
                prop_assert_eq!(open().filter(|other| other.identity == one.identity).count(), 1);
            }
        }
    }
}
