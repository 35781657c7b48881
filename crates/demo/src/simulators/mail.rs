//! Reads an e-mail as mail programs do: headers (RFC 5322, 2047), parts (RFC
//! 2046) and transfer encodings (RFC 2045). UTF-8 and ASCII only, as the
//! office sends.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// How deep parts within parts are followed.
const DEEPEST: usize = 6;

/// A message that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mail {
    headers: Vec<(String, String)>,
    /// The plain text.
    pub text: String,
    /// The HTML, if there is any.
    pub html: Option<String>,
}

impl Mail {
    /// A header by its name in small letters.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a message.
pub(super) fn read(bytes: &[u8]) -> Mail {
    let (headers, body) = split(bytes);
    let mut mail = Mail { headers, ..Mail::default() };
    let headers = mail.headers.clone();
    part(&headers, body, &mut mail, 0);
    if mail.text.is_empty() && mail.html.is_none() {
        mail.text = String::from_utf8_lossy(body).into_owned();
    }
    mail
}

/// Headers, unfolded and decoded, and what comes after the empty line.
fn split(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]).trim_end_matches('\r').to_owned();
        rest = &rest[end + 1..];
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    for (_, value) in &mut headers {
        *value = decoded(value);
    }
    (headers, rest)
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

/// Reads one part into the message: text, HTML, or parts of its own.
fn part(headers: &[(String, String)], body: &[u8], mail: &mut Mail, depth: usize) {
    let kind = find(headers, "content-type");
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence.starts_with("multipart/") && depth < DEEPEST {
        let Some(boundary) = parameter(kind, "boundary") else { return };
        for piece in pieces(body, &boundary) {
            let (headers, body) = split(piece);
            part(&headers, body, mail, depth + 1);
        }
        return;
    }
    let attached = find(headers, "content-disposition").to_ascii_lowercase().starts_with("attachment");
    if attached || !(essence.is_empty() || essence.starts_with("text/")) {
        return;
    }
    let bytes = match find(headers, "content-transfer-encoding").to_ascii_lowercase().as_str() {
        "base64" => from_base64(body),
        "quoted-printable" => from_quoted_printable(body, false),
        _ => body.to_vec(),
    };
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_end().to_owned();
    if essence == "text/html" {
        mail.html.get_or_insert(text);
    } else if mail.text.is_empty() {
        mail.text = text;
    }
}

/// A parameter of a header: `boundary="x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (known, value) = parameter.split_once('=')?;
        let fits = known.trim().eq_ignore_ascii_case(name);
        fits.then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// The parts between boundary lines.
fn pieces<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}");
    let (mut found, mut start, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if text == mark || text == format!("{mark}--") {
            if let Some(start) = start {
                found.push(&body[start..at]);
            }
            start = (text == mark).then_some(at + line.len());
        }
        at += line.len();
    }
    // A message cut short still shows its last part.
    found.extend(start.map(|start| &body[start..]));
    found
}

/// Decodes base64, passing over line ends and anything that does not belong.
pub(super) fn from_base64(bytes: &[u8]) -> Vec<u8> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut text: Vec<u8> = bytes.iter().copied().filter(plain).collect();
    if text.len() % 4 == 1 {
        text.pop();
    }
    while !text.len().is_multiple_of(4) {
        text.push(b'=');
    }
    STANDARD.decode(&text).unwrap_or_default()
}

/// Decodes quoted-printable; in headers an underscore is a space.
fn from_quoted_printable(bytes: &[u8], in_header: bool) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1), bytes.get(at + 2)) {
            (b'=', Some(b'\n'), _) => at += 2,
            (b'=', Some(b'\r'), Some(b'\n')) => at += 3,
            (b'=', Some(high), Some(low)) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                plain.push(nibble(*high) << 4 | nibble(*low));
                at += 3;
            }
            (b'_', ..) if in_header => {
                plain.push(b' ');
                at += 1;
            }
            (other, ..) => {
                plain.push(*other);
                at += 1;
            }
        }
    }
    plain
}

fn nibble(digit: u8) -> u8 {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok()).unwrap_or(0)
}

/// Decodes the encoded words of a header: `=?utf-8?b?…?=`. White space between
/// two of them belongs to neither.
fn decoded(value: &str) -> String {
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let Some((word, length)) = encoded_word(&rest[start..]) else {
            bytes.extend_from_slice(&rest.as_bytes()[..start + 2]);
            rest = &rest[start + 2..];
            after_word = false;
            continue;
        };
        let between = &rest[..start];
        if !(after_word && between.trim().is_empty()) {
            bytes.extend_from_slice(between.as_bytes());
        }
        bytes.extend_from_slice(&word);
        rest = &rest[start + length..];
        after_word = true;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One encoded word at the start of a text, and how long it is.
fn encoded_word(text: &str) -> Option<(Vec<u8>, usize)> {
    let inner = text.strip_prefix("=?")?;
    let mut fields = inner.splitn(3, '?');
    let (charset, encoding, rest) = (fields.next()?, fields.next()?, fields.next()?);
    let end = rest.find("?=")?;
    let known = charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("us-ascii");
    let bytes = match encoding.to_ascii_lowercase().as_str() {
        "b" if known => from_base64(&rest.as_bytes()[..end]),
        "q" if known => from_quoted_printable(&rest.as_bytes()[..end], true),
        _ => return None,
    };
    Some((bytes, 2 + charset.len() + 1 + encoding.len() + 1 + end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kurdish_subjects_and_bodies_are_read() {
        let mail = read(
            "Subject: =?utf-8?b?2qnbldiv24wg?=\r\n =?utf-8?Q?=D8=AF=D8=A7_x?=\r\nFrom: Diwan <a@b.co>\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             =D8=A8=DB=95 1 =3D 1 a=\r\nb\r\n"
                .as_bytes(),
        );
        assert_eq!(mail.header("subject"), Some("کەدی دا x"));
        assert_eq!(mail.header("from"), Some("Diwan <a@b.co>"));
        assert_eq!(mail.text, "بە 1 = 1 ab");
    }

    #[test]
    fn text_and_html_are_taken_from_their_parts_and_attachments_left() {
        let mail = read(
            b"Content-Type: multipart/mixed; boundary=\"out er\"\n\n--out er\n\
              Content-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain\n\nplain\n\
              --in\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+aGk8L2I+\n--in--\n\
              --out er\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nno\n--out er--\n",
        );
        assert_eq!((mail.text.as_str(), mail.html.as_deref()), ("plain", Some("<b>hi</b>")));
    }

    #[test]
    fn rubbish_is_shown_as_it_came() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"no headers here", "no headers here"),
            (b"Subject: =?utf-8?b\n\nhello =", "hello ="),
            (b"Content-Type: multipart/mixed\n\nno boundary", "no boundary"),
            (b"Content-Transfer-Encoding: base64\n\n!!!", "!!!"),
        ] {
            assert_eq!(read(bytes).text, text);
        }
    }
}
