use diwan_documents::layout::{Position, RenderFault, check_layout, render};
use diwan_documents::{FORM_LAYOUT, RECEIPT_LAYOUT, SLIP_LAYOUT};
use serde_json::json;

use crate::{CERTIFICATE_LAYOUT, SMALL_LAYOUT, sample, sample_job, small_job};

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).unwrap().get_pages().len()
}

#[test]
fn every_sample_passes_the_layout_check() {
    for (layout, names) in [
        (
            CERTIFICATE_LAYOUT,
            [
                "certificate",
                "certificate-long",
                "certificate-kurmanji",
                "certificate-four",
                "certificate-whole",
            ]
            .as_slice(),
        ),
        (RECEIPT_LAYOUT, &["receipt", "receipt-copy"]),
        (FORM_LAYOUT, &["form-ckb", "form-en"]),
        (SLIP_LAYOUT, &["slips/ticket", "slips/case"]),
    ] {
        for name in names {
            check_layout(layout, &sample(name)["data"]).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        }
    }
}

#[test]
fn a_slip_is_drawn_as_wide_as_the_roll_and_black_where_text_stands() {
    for name in ["slips/ticket", "slips/case"] {
        let strip = diwan_documents::layout::render_strip(&sample_job(name, SLIP_LAYOUT)).unwrap();
        assert_eq!(strip.row_bytes * 8, diwan_documents::strip::DOTS, "{name}");
        assert_eq!(strip.bits.len() as u32, strip.row_bytes * strip.rows, "{name}");
        let black: u32 = strip.bits.iter().map(|byte| byte.count_ones()).sum();
        let all = strip.rows * diwan_documents::strip::DOTS;
        assert!(black > all / 100 && black < all / 2, "{name}: {black} of {all} dots");
    }
}

#[test]
fn a_certificate_has_one_page_even_with_long_names_in_four_languages() {
    for name in ["certificate", "certificate-long", "certificate-kurmanji", "certificate-four"] {
        let mut job = sample_job(name, CERTIFICATE_LAYOUT);
        job.most_pages = Some(1);
        assert_eq!(pages(&render(&job).unwrap_or_else(|fault| panic!("{name}: {fault}"))), 1, "{name}");
    }
}

#[test]
fn what_stands_beside_is_printed_on_one_page_in_three_languages_and_on_two_in_four() {
    let of = |languages: &[&str]| {
        let mut job = sample_job("certificate-whole", CERTIFICATE_LAYOUT);
        job.data["languages"] = json!(languages);
        render(&job).unwrap_or_else(|fault| panic!("{fault}"))
    };
    assert_eq!(pages(&of(&["en"])), 1);
    assert_eq!(pages(&of(&["ckb", "ar", "en"])), 1);
    let four = of(&["ckb", "ar", "kmr", "en"]);
    assert_eq!(pages(&four), 2);
    let mut bare = sample_job("certificate-whole", CERTIFICATE_LAYOUT);
    bare.data["languages"] = json!(["ckb", "ar", "kmr", "en"]);
    for row in bare.data["rows"].as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("more");
    }
    assert_eq!(pages(&render(&bare).unwrap()), 1, "what stands beside took the second page");
}

/// A list of so many lines, beside what a sample prints.
fn with_a_list(name: &str, lines: usize) -> serde_json::Value {
    let mut data = sample(name)["data"].clone();
    let languages: Vec<String> = serde_json::from_value(data["languages"].clone()).unwrap();
    let all =
        |text: &str| -> serde_json::Value { languages.iter().map(|l| (l.clone(), json!(text))).collect() };
    let rows: Vec<_> = (0..lines).map(|_| json!([all("Shilan Azad Karim"), all("1998")])).collect();
    data["tables"] = json!([{
        "label": all("Members"),
        "columns": [{"key": "name", "label": all("Name")}, {"key": "born-on", "label": all("Born")}],
        "numbers": (1..=lines).map(|n| n.to_string()).collect::<Vec<_>>(),
        "rows": rows,
        "note": all("A note"),
    }]);
    data
}

#[test]
fn a_list_of_any_length_is_set_and_runs_over_when_it_must() {
    for name in ["certificate", "certificate-long", "certificate-kurmanji", "certificate-four"] {
        let mut counted = Vec::new();
        for lines in [1, 14, 60] {
            let mut job = sample_job(name, CERTIFICATE_LAYOUT);
            job.data = with_a_list(name, lines);
            check_layout(&job.layout, &job.data).unwrap_or_else(|fault| panic!("{name}, {lines}: {fault}"));
            counted.push(pages(&render(&job).unwrap_or_else(|fault| panic!("{name}, {lines}: {fault}"))));
        }
        assert!(counted.is_sorted() && counted[2] > 1, "{name}: {counted:?}");
    }
}

#[test]
fn equal_jobs_give_equal_bytes_and_other_jobs_do_not() {
    let job = sample_job("certificate", CERTIFICATE_LAYOUT);
    let paper = render(&job).unwrap();
    assert_eq!(render(&job).unwrap(), paper);

    let mut other = job.clone();
    other.data["rows"][0]["value"]["en"] = json!("Shilan Azad Karim");
    assert_ne!(render(&other).unwrap(), paper);

    let mut later = job;
    later.issued += jiff::SignedDuration::from_secs(1);
    assert_ne!(render(&later).unwrap(), paper);
}

#[test]
fn a_certificate_carries_its_facts_for_machines() {
    let pdf = render(&sample_job("certificate", CERTIFICATE_LAYOUT)).unwrap();
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let attached = document.objects.values().find_map(|object| {
        let stream = object.as_stream().ok()?;
        stream.dict.get(b"Type").ok().filter(|kind| kind.as_name().ok() == Some(b"EmbeddedFile"))?;
        stream.decompressed_content().or_else(|_| Ok::<_, lopdf::Error>(stream.content.clone())).ok()
    });
    let record: serde_json::Value = serde_json::from_slice(&attached.unwrap()).unwrap();
    assert_eq!(record, sample("certificate")["data"]["record"]);
}

#[test]
fn a_fault_names_line_and_column() {
    let fault =
        check_layout("#set document(title: \"T\")\n\nHello #(1 + missing)\n", &json!({})).unwrap_err();
    let RenderFault::Layout { at, message, .. } = &fault else { panic!("{fault}") };
    assert_eq!(*at, Some(Position { line: 3, column: 13 }));
    assert!(message.contains("missing"), "{message}");
    assert_eq!(fault.code(), "document/layout");
}

#[test]
fn data_that_lacks_a_field_is_a_fault_of_that_line() {
    let mut data = sample("certificate")["data"].clone();
    data.as_object_mut().unwrap().remove("statement");
    let fault = check_layout(CERTIFICATE_LAYOUT, &data).unwrap_err();
    let RenderFault::Layout { at: Some(at), message, .. } = &fault else { panic!("{fault}") };
    let line = CERTIFICATE_LAYOUT.lines().nth(at.line - 1).unwrap();
    assert!(line.contains("d.statement") && message.contains("statement"), "{fault}\n{line}");
}

#[test]
fn a_layout_sees_no_file_no_package_and_no_clock() {
    for source in [
        "#read(\"/etc/passwd\")",
        "#include \"other.typ\"",
        "#import \"@preview/cetz:0.3.0\"",
        "#image(\"/etc/hostname\")",
    ] {
        let fault = check_layout(&format!("#set document(title: \"T\")\n{source}"), &json!({})).unwrap_err();
        assert!(matches!(fault, RenderFault::Layout { .. }), "{source}: {fault}");
    }
    let today = "#set document(title: \"T\")\n#assert.eq(datetime.today(), datetime(year: 2026, month: 11, day: 22))\n";
    render(&small_job(&format!("{today}#set text(font: \"Vazirmatn\")\nText"))).unwrap();
}

#[test]
fn data_is_never_read_as_layout() {
    let mut job = small_job(
        "#set document(title: sys.inputs.title)\n#set text(font: \"Vazirmatn\")\n#json(bytes(sys.inputs.data)).name",
    );
    job.data = json!({ "name": "#panic(\"run\") *x* $y$ `z`" });
    render(&job).unwrap();
}

#[test]
fn a_font_that_is_not_on_board_is_a_fault_of_the_layout_check() {
    let source = "#set document(title: \"T\")\n#set text(font: \"Times New Roman\")\nText";
    let fault = check_layout(source, &json!({})).unwrap_err();
    assert!(fault.to_string().contains("times new roman"), "{fault}");
}

#[test]
fn a_paper_without_a_title_or_with_a_mute_picture_is_refused() {
    let text = "#set text(font: \"Vazirmatn\")\n";
    let untitled = check_layout(&format!("{text}Text"), &json!({})).unwrap_err();
    assert!(untitled.to_string().contains("title"), "{untitled}");
    let mute =
        "#set document(title: \"T\")\n#image(bytes(json(bytes(sys.inputs.images)).qr), format: \"svg\")";
    let mute = check_layout(&format!("{text}{mute}"), &json!({})).unwrap_err();
    assert!(mute.to_string().contains("alt"), "{mute}");
}

#[test]
fn more_pages_than_allowed_are_refused() {
    let mut job = small_job(&format!("{SMALL_LAYOUT}#pagebreak()\nMore"));
    job.most_pages = Some(1);
    assert_eq!(render(&job).unwrap_err(), RenderFault::TooManyPages { found: 2, most: 1 });
}

#[test]
fn a_training_certificate_says_so_to_eye_and_ear() {
    let mut job = sample_job("certificate", CERTIFICATE_LAYOUT);
    let real = render(&job).unwrap();
    job.data["training"] = json!(true);
    let training = render(&job).unwrap();
    // Banner and watermark: the same words stand once for the ear (tagged) and across the sheet for the eye.
    assert_ne!(real, training);
    assert_eq!(pages(&training), 1);
}

#[test]
fn a_certificate_that_cannot_fit_one_page_is_refused_and_never_cut() {
    let mut job = sample_job("certificate-long", CERTIFICATE_LAYOUT);
    job.most_pages = Some(1);
    let rows = job.data["rows"].as_array().unwrap().clone();
    let all = job.data["rows"].as_array_mut().unwrap();
    (0..3).for_each(|_| all.extend(rows.clone()));
    let fault = render(&job).unwrap_err();
    assert!(matches!(fault, RenderFault::TooManyPages { most: 1, .. }), "{fault}");
}
