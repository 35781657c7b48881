//! Many papers in one file, to be printed in one go. The pages are those of the papers;
//! the file itself is no document and bears no seal.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Why papers could not be joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinFault {
    /// There is nothing to join.
    #[error("no paper was given")]
    Nothing,
    /// A paper cannot be read.
    #[error("paper {at} cannot be read: {why}")]
    Unreadable {
        /// Which, from 1 on.
        at: usize,
        /// What the reader said.
        why: String,
    },
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Unwritten(String),
}

/// What a page takes from the pages around it where it does not say it (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// The pages of papers, in their order, as one PDF. Seals, links and tags are not carried
/// over: they belong to each paper, which stays as it was.
///
/// # Errors
/// [`JoinFault`] names the paper that cannot be read.
pub fn joined(papers: &[Vec<u8>]) -> Result<Vec<u8>, JoinFault> {
    if papers.is_empty() {
        return Err(JoinFault::Nothing);
    }
    let mut whole = Document::with_version("1.7");
    let tree = whole.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for (index, paper) in papers.iter().enumerate() {
        let unreadable = |why: lopdf::Error| JoinFault::Unreadable { at: index + 1, why: why.to_string() };
        let mut one = Document::load_mem(paper).map_err(unreadable)?;
        one.renumber_objects_with(whole.max_id + 1);
        for page in one.get_pages().into_values() {
            let mut own = one.get_dictionary(page).map_err(unreadable)?.clone();
            for name in INHERITED {
                if let (false, Some(value)) = (own.has(name), inherited(&one, page, name)) {
                    own.set(name.to_vec(), value);
                }
            }
            for name in [&b"Annots"[..], b"StructParents", b"Tabs", b"AF"] {
                own.remove(name);
            }
            own.set("Parent", tree);
            one.objects.insert(page, Object::Dictionary(own));
            kids.push(page.into());
        }
        whole.max_id = one.max_id;
        whole.objects.extend(one.objects);
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    whole.objects.insert(tree, Object::Dictionary(pages));
    let root = whole.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    whole.trailer.set("Root", root);
    // What no page needs: structure, seals, metadata of each paper.
    whole.prune_objects();
    let mut bytes = Vec::new();
    whole.save_to(&mut bytes).map_err(|why| JoinFault::Unwritten(why.to_string()))?;
    Ok(bytes)
}

/// What the pages around a page say for it.
fn inherited(of: &Document, page: ObjectId, name: &[u8]) -> Option<Object> {
    let mut at: &Dictionary = of.get_dictionary(page).ok()?;
    // A tree deeper than this is broken.
    for _ in 0..32 {
        let above = at.get(b"Parent").ok()?.as_reference().ok()?;
        at = of.get_dictionary(above).ok()?;
        if let Ok(value) = at.get(name) {
            return Some(value.clone());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Stream;

    /// A paper of some pages whose measure stands above them, as typesetters write it.
    fn paper(pages: usize, says: &str) -> Vec<u8> {
        let mut pdf = Document::with_version("1.7");
        let tree = pdf.new_object_id();
        let mut kids: Vec<Object> = Vec::new();
        for _ in 0..pages {
            let content = pdf.add_object(Stream::new(dictionary! {}, says.as_bytes().to_vec()));
            let seal = pdf.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Widget" });
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "Annots" => vec![seal.into()],
            };
            kids.push(pdf.add_object(page).into());
        }
        let count = i64::try_from(kids.len()).unwrap();
        let measure: Vec<Object> = [0, 0, 595, 842].map(Object::Integer).to_vec();
        let pages =
            dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => measure };
        pdf.objects.insert(tree, Object::Dictionary(pages));
        let root = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        pdf.trailer.set("Root", root);
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_pages_of_all_papers_stand_in_their_order() {
        let whole = joined(&[paper(1, "first"), paper(2, "second"), paper(1, "third")]).unwrap();
        let read = Document::load_mem(&whole).unwrap();
        let pages = read.get_pages();
        assert_eq!(pages.len(), 4);
        let said: Vec<String> = pages
            .values()
            .map(|page| String::from_utf8_lossy(&read.get_page_content(*page)).trim().to_owned())
            .collect();
        assert_eq!(said, ["first", "second", "second", "third"]);
        for page in pages.values() {
            let page = read.get_dictionary(*page).unwrap();
            assert!(page.has(b"MediaBox"), "what stood above a page comes along");
            assert!(!page.has(b"Annots"), "a seal belongs to its paper alone");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let fault = joined(&[paper(1, "x"), b"no paper".to_vec()]).unwrap_err();
        assert!(matches!(fault, JoinFault::Unreadable { at: 2, .. }), "{fault}");
        assert!(matches!(joined(&[]), Err(JoinFault::Nothing)));
    }
}
