//! The test sections of the BIPs' and BCRs' own texts.

use std::fs;
use std::path::Path;

/// A text of the folder.
pub fn text(folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The part from the first line with `from` to the next one with `to`.
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let rest = &text[start + from.len()..];
    rest.find(to).map_or(rest, |end| &rest[..end])
}

/// The last `<tt>...</tt>` of a line, with the text before it.
pub fn item(line: &str) -> Option<(&str, &str)> {
    let (before, rest) = line.rsplit_once("<tt>")?;
    Some((before, rest.split_once("</tt>")?.0))
}

/// Each item of a list with the items below it.
pub fn list(section: &str) -> Vec<(&str, Vec<&str>)> {
    let mut items: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in section.lines() {
        let Some((_, text)) = item(line) else { continue };
        match (line.starts_with("** "), items.last_mut()) {
            (true, Some((_, below))) => below.push(text),
            (true, None) => panic!("nothing above {text}"),
            (false, _) => items.push((text, Vec::new())),
        }
    }
    items
}

/// The blocks of a text between two marks.
pub fn blocks<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| Some(rest.split_once(to)?.0)).collect()
}
