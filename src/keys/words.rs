//! The English BIP39 list, for typing: completion and the last word's checksum.

/// The words that begin with `prefix` (lower case), in order.
pub fn completions(prefix: &str) -> &'static [&'static str] {
    let _ = prefix;
    todo!()
}
