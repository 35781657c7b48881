use std::path::PathBuf;
use std::time::{Duration, Instant};

use diwan_documents::layout::{RenderFault, check_layout, render};
use diwan_documents::renderer::Renderer;

use crate::{CERTIFICATE_LAYOUT, SMALL_LAYOUT, sample_job, small_job};

/// Typst stops one endless loop after 10,000 turns; four of them inside one another outlast anyone.
const ENDLESS: &str = "#let i = 0
#for a in range(9999) { for b in range(9999) { for c in range(9999) { for d in range(9999) { i += 1 } } } }";

fn renderer(workers: usize, limit: Duration) -> Renderer {
    Renderer::new(PathBuf::from(env!("CARGO_BIN_EXE_render-worker")), vec![], workers, limit)
}

#[tokio::test]
async fn a_child_renders_what_this_process_would() {
    let renderer = renderer(1, Duration::from_secs(30));
    let job = sample_job("certificate", CERTIFICATE_LAYOUT);
    let paper = renderer.render(job.clone()).await.unwrap();
    assert_eq!(paper, render(&job).unwrap());
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
    assert_eq!(renderer.render(job).await.unwrap(), paper, "what a child did before leaves no trace");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_layout_fails_its_own_paper_and_no_other() {
    let renderer = std::sync::Arc::new(renderer(2, Duration::from_secs(5)));
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
    let endless = {
        let renderer = renderer.clone();
        tokio::spawn(async move { renderer.render(small_job(ENDLESS)).await })
    };
    let started = Instant::now();
    for _ in 0..5 {
        renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
    }
    assert!(started.elapsed() < Duration::from_secs(5), "others waited for the endless one");
    assert_eq!(endless.await.unwrap().unwrap_err(), RenderFault::TookTooLong(Duration::from_secs(5)));
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
}

#[tokio::test]
async fn a_layout_that_fills_the_memory_is_stopped() {
    let renderer = renderer(1, Duration::from_secs(60)).with_memory(256);
    let greedy = "#let a = range(9999)\n#for i in range(9999) { a = a + range(9999).map(x => str(x + i)) }";
    let fault = renderer.render(small_job(greedy)).await.unwrap_err();
    assert_eq!(fault, RenderFault::TooMuchMemory(256));
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
}

#[tokio::test]
async fn a_layout_someone_brought_is_checked_in_a_child_too() {
    let renderer = renderer(1, Duration::from_secs(5));
    let data = serde_json::json!({});
    renderer.check_layout(SMALL_LAYOUT, &data).await.unwrap();
    let fault = renderer.check_layout("#set document(title: \"T\")\n#missing", &data).await.unwrap_err();
    assert_eq!(fault, check_layout("#set document(title: \"T\")\n#missing", &data).unwrap_err());
    let fault = renderer.check_layout(ENDLESS, &data).await.unwrap_err();
    assert!(matches!(fault, RenderFault::TookTooLong(_)), "{fault}");
}

#[tokio::test]
async fn a_fault_of_a_layout_keeps_the_child() {
    let renderer = renderer(1, Duration::from_secs(30));
    let fault = renderer.render(small_job("#missing")).await.unwrap_err();
    assert!(matches!(fault, RenderFault::Layout { .. }) && !fault.may_be_retried(), "{fault}");
    let started = Instant::now();
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_child_that_ends_by_itself_is_a_crash_and_is_replaced() {
    // `true` ends at once and says nothing.
    let broken = Renderer::new(PathBuf::from("true"), vec![], 1, Duration::from_secs(5));
    for _ in 0..2 {
        let fault = broken.render(small_job(SMALL_LAYOUT)).await.unwrap_err();
        assert!(matches!(fault, RenderFault::Crashed(_)) && fault.may_be_retried(), "{fault}");
    }
    let absent = Renderer::new(PathBuf::from("/nowhere/diwan"), vec![], 1, Duration::from_secs(5));
    let fault = absent.render(small_job(SMALL_LAYOUT)).await.unwrap_err();
    assert!(matches!(fault, RenderFault::Unavailable(_)), "{fault}");
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_its_child_along() {
    let renderer = renderer(1, Duration::from_secs(60));
    let gone = tokio::time::timeout(Duration::from_secs(2), renderer.render(small_job(ENDLESS))).await;
    assert!(gone.is_err());
    // The one place is free again, with a fresh child.
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
}

#[test]
fn a_child_deep_in_work_ends_when_its_parent_is_gone() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_render-worker"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let job = serde_json::to_vec(&serde_json::json!({ "Render": small_job(ENDLESS) })).unwrap();
    input.write_all(&u32::try_from(job.len()).unwrap().to_be_bytes()).unwrap();
    input.write_all(&job).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().unwrap().is_none(), "the endless layout should be at work");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[tokio::test]
async fn forms_that_fill_their_share_hold_no_certificate_up() {
    let renderer = std::sync::Arc::new(renderer(1, Duration::from_secs(30)));
    let many: Vec<_> = (0..3)
        .map(|_| {
            let renderer = renderer.clone();
            tokio::spawn(async move { renderer.render_aside(small_job(ENDLESS)).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    renderer.render(small_job(SMALL_LAYOUT)).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(8), "a certificate waited {:?}", began.elapsed());
    let fault = renderer.render_aside(small_job(SMALL_LAYOUT)).await.unwrap_err();
    assert_eq!(fault, RenderFault::TooManyWait);
    for one in many {
        one.abort();
    }
}
