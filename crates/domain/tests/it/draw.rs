//! `scripts/check-draw`, written in another language, draws as the program does.

use crate::folders::root;
use diwan_domain::queue::release::{Draw, commitment, draw, entry_id};
use std::io::Write;
use std::process::{Command, Stdio};

const ROOT_HASH: &str = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

fn entries(count: usize) -> Vec<String> {
    (0..count).map(|n| entry_id(&[3; 32], &n.to_string())).collect()
}

/// The script's exit code, and what it said.
fn script(published: &str, options: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new("python3")
        .arg(root().join("scripts/check-draw"))
        .arg("-")
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(published.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = [ended.stdout, ended.stderr].concat();
    (ended.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn the_script_draws_the_same_order() {
    for count in [0, 1, 2, 9, 500] {
        let mut seed = [0xa5; 32];
        seed[0] = count as u8;
        let published = Draw::make(&seed, ROOT_HASH, 5, &entries(count)).unwrap();
        let text = serde_json::to_string(&published).unwrap();
        let (code, said) = script(&text, &["--order"]);
        assert_eq!((code, said.trim_end()), (Some(0), published.order.join("\n").as_str()));
        let (code, said) = script(&text, &[]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.starts_with(&format!("as drawn: {count} entries, of which 5")), "{said}");
    }
}

#[test]
fn the_script_finds_what_the_program_finds() {
    let sound = Draw::make(&[9; 32], ROOT_HASH, 5, &entries(20)).unwrap();
    let changes: [fn(&mut Draw); 9] = [
        |d| d.method = "diwan draw 0".into(),
        |d| d.seed = "ff".into(),
        |d| d.commitment = commitment(&[8; 32]),
        |d| d.public_value = "two\nlines".into(),
        |d| d.public_value = "another".into(),
        |d| d.entries[3] = "Shilan".into(),
        |d| d.entries[3] = d.entries[4].clone(),
        |d| _ = d.order.pop(),
        |d| d.order.swap(2, 3),
    ];
    for change in changes {
        let mut published = sound.clone();
        change(&mut published);
        let fault = published.verify().unwrap_err().to_string();
        let (code, said) = script(&serde_json::to_string(&published).unwrap(), &[]);
        assert_eq!((code, said.trim_end()), (Some(1), format!("not as drawn: {fault}").as_str()));
    }
    let (code, said) = script("{\"seed\": 1}", &[]);
    assert_eq!(code, Some(2), "{said}");
}

#[test]
fn the_published_example_stays_as_it_is() {
    // Written down once: whoever changes the method gives it another name.
    let entries: Vec<String> = (1..=5).map(|n| format!("{n:064x}")).collect();
    let seed: [u8; 32] = std::array::from_fn(|n| n as u8);
    assert_eq!(commitment(&seed), "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    let order = draw(&seed, "checkpoint root", &entries).unwrap();
    let last: Vec<&str> = order.iter().map(|entry| &entry[63..]).collect();
    assert_eq!(last, ["1", "5", "3", "2", "4"]);
}
