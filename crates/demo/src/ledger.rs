//! A scanned ledger with three pages that nobody has keyed yet, for whoever wants to
//! try it. Its people are made up; its pages were drawn, not written
//! (`crates/demo/ledger/README.md`).

use crate::seeding::Seeded;
use diwan_domain::acts::Actor;
use diwan_domain::civil::EventKind;
use diwan_domain::people::Role;
use diwan_office::civil::books::ledgers::{OpenLedger, add_page};
use diwan_office::{Office, Stop, Who};

const PAGES: [(&str, &[u8]); 3] = [
    ("7", include_bytes!("../ledger/page-7.png")),
    ("8", include_bytes!("../ledger/page-8.png")),
    ("9", include_bytes!("../ledger/page-9.png")),
];

/// Opens the ledger at the office of the first counter officer. A second call adds
/// nothing.
///
/// # Errors
/// An act's refusal, or a failure of the store.
pub async fn seed_ledger(office: &Office, seeded: &Seeded) -> Result<(), Stop> {
    let clerk = seeded.officer(Role::CounterOfficer).and_then(|clerk| clerk.plan.office);
    let place = clerk.and_then(|code| seeded.offices.get(code));
    let (Some(head), Some(place)) = (seeded.officer(Role::Administrator), place) else { return Ok(()) };
    let who = Who { actor: Actor::Officer(head.id), ..Who::system("demo-seed") };
    let open = OpenLedger {
        office: *place,
        kind: EventKind::Birth,
        name: "لەدایکبووانی کۆیە ١٩٥٧".into(),
        directorate: "کۆیە".into(),
        record_no: "12".into(),
        number_prefix: "1957/".into(),
        sample_percent: 50,
        threshold_permille: 10,
    };
    let ledger = office.perform(&who, "seed/ledger", open).await?;
    for (page, image) in PAGES {
        let key = format!("seed/ledger/{page}");
        let name = format!("page-{page}.png");
        add_page(office, &who, &key, (ledger, page.to_owned()), (&name, image.into())).await?;
    }
    Ok(())
}
