//! Calling a helper from a kiosk.

use super::serves;
use crate::queue::{Asked, raise_help};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::RowId;
use diwan_domain::queue::{HelpKind, HelpSource};
use diwan_domain::refusals::Why;
use diwan_store::devices;
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

/// Somebody who stands before a kiosk asks for a hand: the managers of the centre see it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallHelper {}

impl Act for CallHelper {
    const NAME: &'static str = "call-helper";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let Actor::Device(id) = at.actor else { return Err(Why::NotPermitted.into()) };
        let device = devices::device(tx, id).await?.filter(serves).ok_or(Why::DeviceNotInUse)?;
        let asked = Asked {
            centre: device.centre_id,
            source: (HelpSource::Device, RowId(device.id.0)),
            label: device.label,
            kind: HelpKind::Helper,
        };
        let (call, entry) = raise_help(tx, at, &asked).await?;
        Ok(Recorded::new(call, entry))
    }
}
