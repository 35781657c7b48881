//! The incremental update that carries a seal: a signature with an empty place for the envelope, a tagged
//! form field for it, and the catalogue entries that make it a certification.

use std::ops::Range;

use jiff::tz::TimeZone;
use lopdf::{
    Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, StringFormat, dictionary,
    text_string,
};

use super::{Room, SealFault, SealInfo};

/// Stands where the byte range will: wide enough for any offset in a file of ten gigabytes.
const RANGE_MARK: i64 = 9_999_999_999;

fn unsuitable(fault: impl std::fmt::Display) -> SealFault {
    SealFault::Unsuitable(fault.to_string())
}

/// Appends the update with an empty envelope and an open byte range.
pub(super) fn with_empty_seal(pdf: &[u8], about: &SealInfo, room: Room) -> Result<Vec<u8>, SealFault> {
    let document = Document::load_mem(pdf).map_err(unsuitable)?;
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(unsuitable)?;
    if document.get_dictionary(root).map_err(unsuitable)?.has(b"AcroForm") {
        return Err(SealFault::AlreadySealed);
    }
    let first_page =
        document.get_pages().values().next().copied().ok_or_else(|| unsuitable("it has no page"))?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), document);
    let seal = update.new_document.add_object(empty_seal(about, room));
    let appearance = update.new_document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(); 4] },
        vec![],
    ));
    let field = update.new_document.new_object_id();
    let parent_key = tag_field(&mut update, root, first_page, field)?;
    update.new_document.set_object(
        field,
        dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig",
            "T" => text_string("Seal"), "TU" => text_string(&about.issuer_name),
            "V" => seal, "P" => first_page, "Rect" => vec![0.into(); 4],
            // Print and Locked, not Hidden: what PDF/A-3, 6.3.2 asks of an annotation.
            "F" => 132,
            "AP" => dictionary! { "N" => appearance }, "StructParent" => parent_key,
        },
    );
    let page = own_copy(&mut update, first_page)?;
    let mut annotations = match page.get(b"Annots") {
        Ok(Object::Array(list)) => list.clone(),
        Ok(Object::Reference(_)) => return Err(unsuitable("its annotations stand elsewhere")),
        _ => vec![],
    };
    annotations.push(field.into());
    page.set("Annots", annotations);
    page.set("Tabs", "S");
    let catalogue = own_copy(&mut update, root)?;
    catalogue.set("AcroForm", dictionary! { "Fields" => vec![field.into()], "SigFlags" => 3 });
    catalogue.set("Perms", dictionary! { "DocMDP" => seal });
    let mut bytes = Vec::with_capacity(pdf.len() + 2 * room.bytes() + 16 * 1024);
    update.save_to(&mut bytes).map_err(unsuitable)?;
    Ok(bytes)
}

fn empty_seal(about: &SealInfo, room: Room) -> Dictionary {
    let at = about.at.to_zoned(TimeZone::UTC).strftime("D:%Y%m%d%H%M%SZ").to_string();
    let range = [0, RANGE_MARK, RANGE_MARK, RANGE_MARK].map(Object::Integer).to_vec();
    let no_changes = dictionary! { "Type" => "TransformParams", "P" => 1, "V" => "1.2" };
    let certification = dictionary! {
        "Type" => "SigRef", "TransformMethod" => "DocMDP", "TransformParams" => no_changes,
    };
    dictionary! {
        "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => range,
        "Contents" => Object::String(vec![0; room.bytes()], StringFormat::Hexadecimal),
        "M" => text_string(&at),
        "Name" => text_string(&about.issuer_name), "Reason" => text_string(&about.reason),
        "Reference" => vec![certification.into()],
    }
}

/// Copies an object of the sealed revision into the update, to be changed there.
fn own_copy(update: &mut IncrementalDocument, id: ObjectId) -> Result<&mut Dictionary, SealFault> {
    update.opt_clone_object_to_new_document(id).map_err(unsuitable)?;
    update.new_document.get_dictionary_mut(id).map_err(unsuitable)
}

/// Puts the field into the structure tree, so that a screen reader meets it as a form. Gives its parent key.
fn tag_field(
    update: &mut IncrementalDocument,
    root: ObjectId,
    page: ObjectId,
    field: ObjectId,
) -> Result<i64, SealFault> {
    let before = update.get_prev_documents();
    let catalogue = before.get_dictionary(root).map_err(unsuitable)?;
    let tree = catalogue.get(b"StructTreeRoot").and_then(Object::as_reference);
    let tree = tree.map_err(|_| unsuitable("it has no structure tree"))?;
    let tree_node = before.get_dictionary(tree).map_err(unsuitable)?;
    let top = first_child(before, tree_node)?;
    let parents = tree_node.get(b"ParentTree").map_err(unsuitable)?.clone();
    let key = match tree_node.get(b"ParentTreeNextKey").and_then(Object::as_i64) {
        Ok(key) => key,
        Err(_) => highest_key(before, &parents)? + 1,
    };

    let object = dictionary! { "Type" => "OBJR", "Obj" => field, "Pg" => page };
    let element = update.new_document.add_object(dictionary! {
        "Type" => "StructElem", "S" => "Form", "P" => top, "Pg" => page, "K" => object,
    });
    let top = own_copy(update, top)?;
    let mut children = match top.get(b"K").map_err(unsuitable)?.clone() {
        Object::Array(list) => list,
        one => vec![one],
    };
    children.push(element.into());
    top.set("K", children);
    match parents {
        Object::Reference(id) => add_parent(own_copy(update, id)?, key, element)?,
        Object::Dictionary(mut parents) => {
            add_parent(&mut parents, key, element)?;
            own_copy(update, tree)?.set("ParentTree", parents);
        }
        _ => return Err(unsuitable("its parent tree is malformed")),
    }
    own_copy(update, tree)?.set("ParentTreeNextKey", key + 1);
    Ok(key)
}

fn first_child(document: &Document, tree: &Dictionary) -> Result<ObjectId, SealFault> {
    let mut child = tree.get(b"K").map_err(unsuitable)?;
    // /K is one element, a list, or a reference to either.
    for _ in 0..4 {
        child = match child {
            Object::Array(list) => list.first().ok_or_else(|| unsuitable("its structure tree is empty"))?,
            Object::Reference(id) => match document.get_object(*id).map_err(unsuitable)? {
                Object::Dictionary(_) => return Ok(*id),
                other => other,
            },
            _ => break,
        };
    }
    Err(unsuitable("its structure tree is malformed"))
}

fn highest_key(document: &Document, parents: &Object) -> Result<i64, SealFault> {
    let parents =
        document.dereference(parents).and_then(|(_, object)| object.as_dict()).map_err(unsuitable)?;
    let numbers = parents.get_deref(b"Nums", document).and_then(Object::as_array).map_err(unsuitable)?;
    Ok(numbers.iter().step_by(2).filter_map(|key| key.as_i64().ok()).max().unwrap_or(-1))
}

fn add_parent(parents: &mut Dictionary, key: i64, element: ObjectId) -> Result<(), SealFault> {
    let mut numbers = match parents.get(b"Nums") {
        Ok(Object::Array(numbers)) => numbers.clone(),
        _ => return Err(unsuitable("its parent tree has more than one level")),
    };
    numbers.extend([key.into(), element.into()]);
    parents.set("Nums", numbers);
    Ok(())
}

/// Writes the true byte range over its mark and gives the gap the envelope goes into, brackets included.
pub(super) fn close_byte_range(
    sealed: &mut [u8],
    from: usize,
    room: Room,
) -> Result<Range<usize>, SealFault> {
    let lost = || unsuitable("the place for the signature was not found");
    let contents = [b"<".as_slice(), &vec![b'0'; 2 * room.bytes()], b">"].concat();
    let start = find(sealed, &contents, from).ok_or_else(lost)?;
    let gap = start..start + contents.len();
    let mark = format!("{RANGE_MARK} {RANGE_MARK} {RANGE_MARK}");
    let at = find(sealed, mark.as_bytes(), from).ok_or_else(lost)?;
    let range = format!("{} {} {}", gap.start, gap.end, sealed.len() - gap.end);
    sealed[at..at + mark.len()].copy_from_slice(format!("{range:<width$}", width = mark.len()).as_bytes());
    Ok(gap)
}

fn find(bytes: &[u8], sought: &[u8], from: usize) -> Option<usize> {
    bytes[from..].windows(sought.len()).position(|window| window == sought).map(|at| at + from)
}
