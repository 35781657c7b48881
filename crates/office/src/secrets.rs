//! Random bytes, codes, passwords and second factors.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
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

/// How sealed text begins.
const SEALED: &str = "sealed.1.";

/// Seals a text for the database with AES-256-GCM: readable only with the key,
/// and only in the place for which it was sealed.
///
/// # Panics
/// Never: a fresh nonce and a short text are always accepted.
#[must_use]
pub fn seal(key: &[u8; 32], place: &str, text: &str) -> String {
    let nonce = random::<12>();
    let mut bytes = text.as_bytes().to_vec();
    aead_key(key)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(place.as_bytes()),
            &mut bytes,
        )
        .expect("a short text can be sealed");
    format!("{SEALED}{}", STANDARD_NO_PAD.encode([&nonce[..], &bytes].concat()))
}

/// Opens what [`seal`] closed; `None` with another key or in another place.
#[must_use]
pub fn unseal(key: &[u8; 32], place: &str, kept: &str) -> Option<String> {
    let bytes = STANDARD_NO_PAD.decode(kept.strip_prefix(SEALED)?).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(12)?;
    let mut sealed = sealed.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let text = aead_key(key).open_in_place(nonce, Aad::from(place.as_bytes()), &mut sealed).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

fn aead_key(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has 256 bits"))
}

/// A mark that only whoever holds the key can make: 130 bits of an HMAC-SHA256,
/// as text.
#[must_use]
pub fn mark(key: &[u8; 32], text: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key);
    let mark = ring::hmac::sign(&key, text.as_bytes());
    base32(mark.as_ref().get(..16).unwrap_or_default())
}

/// HMAC-SHA256 of what somebody brings who shares a secret with us.
#[must_use]
pub fn hmac(secret: &[u8], body: &[u8]) -> Vec<u8> {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    ring::hmac::sign(&key, body).as_ref().to_vec()
}

/// Whether two texts are equal, in a time that does not tell where they differ.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(one.as_bytes(), other.as_bytes()).into()
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

/// The shortest password, in characters.
const SHORTEST: usize = 12;

/// Whether a password is worth accepting: twelve characters or more, and hard to
/// guess for someone who knows the officer's name (which is not in it), our own words, the 30,000
/// most common passwords, and how people vary them (zxcvbn, of whose five
/// grades the upper two are accepted).
#[must_use]
pub fn password_is_strong(password: &str, login: &str) -> bool {
    const OURS: [&str; 14] = [
        "diwan",
        "kurdistan",
        "hawler",
        "hewler",
        "erbil",
        "slemani",
        "sulaymaniyah",
        "duhok",
        "halabja",
        "kirkuk",
        "iraq",
        "peshmerga",
        "officer",
        "administrator",
    ];
    let known: Vec<&str> = OURS.into_iter().chain([login]).collect();
    let names_itself = login.len() > 2 && password.to_lowercase().contains(&login.to_lowercase());
    !names_itself
        && password.chars().count() >= SHORTEST
        && zxcvbn::zxcvbn(password, &known).score() >= zxcvbn::Score::Three
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
        for strong in
            ["brave mountain sky", "نان و ماستی گوند", "correct horse battery", " rain on the tin roof "]
        {
            assert!(password_is_strong(strong, "azad"), "{strong}");
        }
        for weak in [
            "short",
            "aaaaaaaaaaaaaaaa",
            "password1234",
            "azad azad azad!!",
            "Password12345!",
            "qwertyuiop123",
            "123456789012",
            "kurdistan1991",
            "iloveyou12345",
            "administrator1",
            "hawlerhawler",
        ] {
            assert!(!password_is_strong(weak, "azad"), "{weak}");
        }
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_with_its_key_only() {
        let kept = seal(&[1; 32], "factor/1", "JBSWY3DP");
        assert!(kept.starts_with("sealed.1.") && !kept.contains("JBSWY3DP"));
        assert_eq!(unseal(&[1; 32], "factor/1", &kept).as_deref(), Some("JBSWY3DP"));
        assert_ne!(kept, seal(&[1; 32], "factor/1", "JBSWY3DP"), "equal secrets look different");
        for (key, place, kept) in [
            ([2; 32], "factor/1", kept.as_str()),
            ([1; 32], "factor/2", &kept),
            ([1; 32], "factor/1", "JBSWY3DP"),
            ([1; 32], "factor/1", "sealed.1.AA"),
            ([1; 32], "factor/1", &kept[..kept.len() - 2]),
        ] {
            assert_eq!(unseal(&key, place, kept), None, "{place} {kept}");
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
