//! Networks as operators write them: an address, perhaps with how many of its
//! leading bits count.

use std::net::IpAddr;
use std::str::FromStr;

/// A network such as `10.20.0.0/16`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

/// An address as one number, left-aligned in 128 bits, and how wide it is.
fn number(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(four) => (u128::from(u32::from(four)) << 96, 32),
        IpAddr::V6(six) => (u128::from(six), 128),
    }
}

/// One address has one form: what is mapped from the older into the newer.
fn plain(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

impl Network {
    /// Whether an address lies in it.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        let ((first, width), (other, other_width)) = (number(self.first), number(plain(address)));
        let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
        width == other_width && first & mask == other & mask
    }
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().map_err(drop)?)),
            None => (text, None),
        };
        let first = plain(address.parse().map_err(drop)?);
        let (_, width) = number(first);
        let bits = bits.unwrap_or(width);
        if bits > width { Err(()) } else { Ok(Self { first, bits }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        for (network, inside, outside) in [
            ("10.20.0.0/16", "10.20.255.1", "10.21.0.1"),
            ("127.0.0.1", "127.0.0.1", "127.0.0.2"),
            ("10.20.0.0/16", "::ffff:10.20.0.1", "::ffff:10.21.0.1"),
            ("fd00::/8", "fd12::1", "fe80::1"),
            ("0.0.0.0/0", "8.8.8.8", "::1"),
        ] {
            let network: Network = network.parse().unwrap();
            assert!(network.holds(inside.parse().unwrap()), "{network:?} {inside}");
            assert!(!network.holds(outside.parse().unwrap()), "{network:?} {outside}");
        }
        for wrong in ["10.0.0.0/33", "ten", "10.0.0.0/-1", ""] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
