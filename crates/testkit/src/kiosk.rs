//! An enrolled kiosk.

use crate::TestOffice;
use diwan_domain::acts::Actor;
use diwan_domain::devices::DeviceKind;
use diwan_domain::ids::DeviceId;
use diwan_domain::people::{Channel, Role};
use diwan_office::Who;
use diwan_office::devices::{AddDevice, EnrolDevice};

/// A kiosk of the centre of every test.
pub struct Kiosk {
    /// Which machine.
    pub device: DeviceId,
    /// The machine as acts know it.
    pub who: Who,
    /// The manager who added it.
    pub manager: Who,
    /// The key of its screen.
    pub screen: String,
    /// The key of the program at its printers.
    pub agent: String,
}

/// Enrols a kiosk as its manager would.
///
/// # Panics
/// When it cannot be enrolled.
pub async fn kiosk(test: &TestOffice) -> Kiosk {
    kiosk_labelled(test, "K1").await
}

/// The same under a label that is free.
///
/// # Panics
/// When it cannot be enrolled.
pub async fn kiosk_labelled(test: &TestOffice, label: &str) -> Kiosk {
    let manager = test.officer("kiosk-manager", Role::CentreManager, None).await;
    let (code, code_hash) = AddDevice::code();
    let act = AddDevice { centre: test.centre, kind: DeviceKind::Kiosk, label: label.into(), code_hash };
    let device = test.office.perform_once(&manager, act).await.expect("a kiosk is added").device;
    let (act, screen) = EnrolDevice::with_code(&code.to_lowercase(), false, "test");
    test.office.perform_once(&Who::system("test"), act).await.expect("its screen is enrolled");
    let (act, agent) = EnrolDevice::with_code(&code, true, "test");
    test.office.perform_once(&Who::system("test"), act).await.expect("its printers are enrolled");
    let who = Who {
        actor: Actor::Device(device),
        channel: Channel::Kiosk,
        centre: Some(test.centre),
        ..Who::system("kiosk")
    };
    Kiosk { device, who, manager, screen, agent }
}
