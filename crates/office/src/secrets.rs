//! Random bytes, codes, passwords and second factors.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, Builder, Totp};

/// Bytes nobody can foretell.
///
/// # Panics
/// When the machine has no source of randomness: nothing safe can be done then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the machine has a source of randomness");
    bytes
}

/// A secret as text: 32 characters, 160 bits, without letters that look alike.
#[must_use]
pub fn token() -> String {
    base32(&random::<20>())
}

/// Crockford's base 32: no I, L, O, U.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

/// What is stored instead of a token or code.
#[must_use]
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A one-time code of six digits from an act's own chance.
#[must_use]
pub fn six_digits(chance: &[u8; 32]) -> String {
    let mut eight = [0_u8; 8];
    eight.copy_from_slice(&chance[..8]);
    format!("{:06}", u64::from_be_bytes(eight) % 1_000_000)
}

/// Hashes a password with argon2id. Slow on purpose: call it outside acts.
#[must_use]
pub fn hash_password(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Whether a password fits; as slow when there is none to compare with.
#[must_use]
pub fn password_fits(password: &str, kept: Option<&str>) -> bool {
    // The hash of nothing in use, so that an unknown name takes as long.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$Zm9yIHRpbWluZyBvbmx5$3Yx9mcA1qpo4xQ0Hq1xkmXoT+nVgDGb1nOPnQz7nK5Q";
    let Ok(parsed) = PasswordHash::new(kept.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && kept.is_some()
}

/// Whether a password is worth accepting: twelve characters and not a common one.
#[must_use]
pub fn password_is_strong(password: &str, login: &str) -> bool {
    const COMMON: [&str; 8] = [
        "password",
        "123456789",
        "qwertyuiop",
        "kurdistan",
        "hawler",
        "iraq1234",
        "administrator",
        "letmein",
    ];
    let plain = password.to_lowercase();
    password.chars().count() >= 12
        && !plain.contains(&login.to_lowercase())
        && !COMMON.iter().any(|common| plain.replace(common, "").chars().count() < 6)
        && plain.chars().collect::<std::collections::BTreeSet<_>>().len() >= 5
}

/// A time-based one-time password after RFC 6238, from its stored secret
/// (base 32 of RFC 4648).
#[must_use]
pub fn totp(secret: &str) -> Option<Totp> {
    let bytes = totp_rs::Secret::try_from_base32(secret).ok()?;
    Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1).with_secret(bytes).build().ok()
}

/// A new secret for a second factor, in RFC 4648 base 32.
#[must_use]
pub fn totp_secret() -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    random::<32>().iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_itself_only() {
        let kept = hash_password("brave mountain sky").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(password_fits("brave mountain sky", Some(&kept)));
        assert!(!password_fits("brave mountain", Some(&kept)));
        assert!(!password_fits("brave mountain sky", None));
    }

    #[test]
    fn weak_passwords_are_known() {
        assert!(password_is_strong("brave mountain sky", "azad"));
        for weak in ["short", "aaaaaaaaaaaaaaaa", "password1234", "azad azad azad!!"] {
            assert!(!password_is_strong(weak, "azad"), "{weak}");
        }
    }

    #[test]
    fn second_factors_agree_with_the_standard() {
        // RFC 6238, appendix B: the secret is "12345678901234567890".
        let totp = totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!(totp.generate(59).to_string(), "287082");
        assert_eq!(totp_secret().len(), 32);
    }

    #[test]
    fn tokens_have_no_letters_that_look_alike() {
        let token = token();
        assert_eq!(token.len(), 32);
        assert!(!token.contains(['I', 'L', 'O', 'U']));
    }
}
