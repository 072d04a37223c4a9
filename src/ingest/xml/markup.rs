//! Looking into markup: elements by their local names, attributes, and the one of several variants that is in a language.
//!
//! Names are compared without their namespace, for older TEI has none.

use roxmltree::Node;

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// The local name of an element; empty for anything else.
pub(in crate::ingest) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

/// The first child element of a name.
pub(in crate::ingest) fn child<'a, 'input>(node: Node<'a, 'input>, wanted: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| name(*child) == wanted)
}

/// The child elements of a name.
pub(in crate::ingest) fn children<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    wanted: &'a str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| name(*child) == wanted)
}

/// The element that child elements of these names lead to.
pub(in crate::ingest) fn at<'a, 'input>(node: Node<'a, 'input>, path: &[&str]) -> Option<Node<'a, 'input>> {
    path.iter().try_fold(node, |node, wanted| child(node, wanted))
}

/// An attribute of the XML namespace: `id` or `lang`. TEI without namespaces writes them without a prefix.
pub(in crate::ingest) fn xml_attribute<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    node.attribute((XML_NAMESPACE, wanted))
        .or_else(|| node.attribute(wanted))
}

/// All text in an element, white space made one space.
pub(in crate::ingest) fn plain_text(node: Node) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
    let joined: String = texts.collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Of elements that say the same in several languages those in the language of the text; where there are none those
/// without a language, then those in English, then the first alone.
pub(in crate::ingest) fn in_language<'a, 'input>(nodes: &[Node<'a, 'input>], language: &str) -> Vec<Node<'a, 'input>> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let wanted = primary(language);
    let of = |wanted: &str| -> Vec<Node<'a, 'input>> {
        let is_wanted = |node: &&Node| primary(xml_attribute(**node, "lang").unwrap_or_default()) == wanted;
        nodes.iter().filter(is_wanted).copied().collect()
    };
    [wanted.as_str(), "", "en"]
        .into_iter()
        .map(of)
        .find(|found| !found.is_empty())
        .unwrap_or_else(|| nodes.first().copied().into_iter().collect())
}
