//! Rows that fit: wrapping, tables, addresses in groups, blocks dealt out to pages.

use crate::review::{COLUMNS, Line, Page, PageKind, ROWS, Span, Style};
use crate::wallet::{btc, groups_of_four, sat};
use bitcoin::Amount;

/// Columns left free at the left.
pub(in crate::review) const INDENT: usize = 3;
/// Where text stands beside a label.
pub(in crate::review) const TEXT: usize = 11;

/// Cuts text into lines of at most `width` columns, at spaces where there are any.
pub(in crate::review) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        if used > 0 && used + 1 + word.len() > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        while word.len() > width {
            let rest = word.split_off(width);
            lines.push(word.into_iter().collect());
            word = rest;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        used += word.len();
        line.extend(word);
    }
    if used > 0 || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Text in one style from column `left` on, wrapped.
pub(in crate::review) fn paragraph(left: usize, text: &str, style: Style) -> Vec<Line> {
    let rows = wrap(text, COLUMNS - left);
    rows.into_iter().map(|row| margin(left).with(row, style)).collect()
}

/// A label, and text beside it, wrapped under itself.
pub(in crate::review) fn labelled(
    label: &str,
    label_style: Style,
    text: &str,
    style: Style,
) -> Vec<Line> {
    labelled_at(TEXT, label, label_style, text, style)
}

/// Words from outside, a bar before each row: none of them can pass for a row of the review.
pub(in crate::review) fn quoted(label: &str, text: &str) -> Vec<Line> {
    const BAR: &str = "| ";
    let rows = wrap(text, COLUMNS - TEXT - BAR.len());
    let mut lines = Vec::with_capacity(rows.len());
    for (number, row) in rows.into_iter().enumerate() {
        let label = if number == 0 { label } else { "" };
        let gap = TEXT.saturating_sub(INDENT + label.chars().count());
        let start = margin(INDENT).with(label, Style::Plain).with(" ".repeat(gap), Style::Plain);
        lines.push(start.with(BAR, Style::Plain).with(row, Style::Claimed));
    }
    lines
}

/// As [`labelled`], with the text at another column.
pub(in crate::review) fn labelled_at(
    column: usize,
    label: &str,
    label_style: Style,
    text: &str,
    style: Style,
) -> Vec<Line> {
    let mut rows = wrap(text, COLUMNS - column).into_iter();
    let gap = column.saturating_sub(INDENT + label.chars().count());
    let first = margin(INDENT)
        .with(label, label_style)
        .with(" ".repeat(gap), Style::Plain)
        .with(rows.next().unwrap_or_default(), style);
    let rest = rows.map(|row| margin(column).with(row, style));
    std::iter::once(first).chain(rest).collect()
}

/// `Output 2` (`n` counts from 0), and what it is beside it.
pub(in crate::review) fn heading(name: &str, n: usize, text: &str, style: Style) -> Vec<Line> {
    let label = format!("{name} {}", n + 1);
    let column = INDENT + label.chars().count() + 3;
    labelled_at(column, &label, Style::Plain, text, style)
}

/// An empty beginning of a row.
pub(in crate::review) fn margin(columns: usize) -> Line {
    Line { spans: vec![Span::new(" ".repeat(columns), Style::Plain)] }
}

/// A whole address in groups of four, `per_row` a row. The first and the last group are faint:
/// those are the ones that attackers imitate.
pub(in crate::review) fn address(left: usize, address: &str, per_row: usize) -> Vec<Line> {
    let groups = groups_of_four(address);
    let last = groups.len().saturating_sub(1);
    let mut rows = Vec::new();
    for (row, chunk) in groups.chunks(per_row).enumerate() {
        let mut line = margin(left);
        for (column, group) in chunk.iter().enumerate() {
            let number = row * per_row + column;
            let style = if number == 0 || number == last { Style::Faint } else { Style::Strong };
            if column > 0 {
                line = line.with("  ", Style::Plain);
            }
            line = line.with(group.as_str(), style);
        }
        rows.push(line);
    }
    rows
}

/// One row of an amounts table.
pub(in crate::review) struct Row {
    pub(in crate::review) label: &'static str,
    pub(in crate::review) amount: Amount,
    pub(in crate::review) style: Style,
    /// Parts that are not broken where it can be helped.
    pub(in crate::review) remarks: Vec<String>,
    pub(in crate::review) remark_style: Style,
}

/// Amounts under each other, in BTC and in sat, each with a remark.
pub(in crate::review) fn table(rows: &[Row]) -> Vec<Line> {
    let width = |texts: &dyn Fn(&Row) -> usize| rows.iter().map(texts).max().unwrap_or(0);
    let labels = width(&|row| row.label.len()) + 2;
    let coins = width(&|row| btc(row.amount).len());
    let sats = width(&|row| sat(row.amount).len());
    let column = INDENT + labels + coins + " BTC   ".len() + sats + " sat   ".len();
    // with the largest amounts nothing is left beside them
    let beside = COLUMNS.saturating_sub(column) >= 20;
    let left = if beside { column } else { INDENT + labels };
    let mut lines = Vec::new();
    for row in rows {
        let mut line = margin(INDENT)
            .with(format!("{:<labels$}", row.label), Style::Plain)
            .with(format!("{:>coins$} BTC", btc(row.amount)), row.style)
            .with(format!("   {:>sats$} sat", sat(row.amount)), row.style);
        let mut remarks = joined(&row.remarks, COLUMNS - left).into_iter();
        if beside && let Some(first) = remarks.next() {
            line = line.with("   ", Style::Plain).with(first, row.remark_style);
        }
        lines.push(line);
        lines.extend(remarks.map(|rest| margin(left).with(rest, row.remark_style)));
    }
    lines
}

/// Parts joined by commas into as few lines as the width allows.
fn joined(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let comma = if number + 1 < parts.len() { "," } else { "" };
        let part = format!("{part}{comma}");
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + part.chars().count() <= width => {
                line.push(' ');
                line.push_str(&part);
            }
            _ => lines.extend(wrap(&part, width)),
        }
    }
    lines
}

/// Rows that belong together.
pub(in crate::review) type Block = Vec<Line>;

/// Deals blocks out to pages, an empty row between them; a block stays whole where it fits a page.
/// The first page has `taken` rows in use already.
pub(in crate::review) fn deal(blocks: Vec<Block>, taken: usize) -> Vec<Vec<Line>> {
    let mut pages: Vec<Vec<Line>> = vec![Vec::new()];
    let mut used = taken;
    for block in blocks {
        let gap = usize::from(used > 0);
        if used > 0 && used + gap + block.len() > ROWS {
            pages.push(Vec::new());
            used = 0;
        }
        let gap = usize::from(used > 0);
        for (number, line) in block.into_iter().enumerate() {
            if used == ROWS {
                pages.push(Vec::new());
                used = 0;
            }
            let Some(page) = pages.last_mut() else { continue };
            if number == 0 && gap == 1 {
                page.push(Line::blank());
                used += 1;
            }
            page.push(line);
            used += 1;
        }
    }
    pages
}

/// Numbers in increasing order as ranges: `1, 3 to 7, 9`.
pub(in crate::review) fn ranges(numbers: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = numbers;
    while let Some(first) = rest.first() {
        let length = rest.iter().enumerate().take_while(|(n, each)| **each == first + n).count();
        parts.push(match length {
            1 => first.to_string(),
            2 => format!("{first}, {}", first + 1),
            _ => format!("{first} to {}", first + length - 1),
        });
        rest = &rest[length..];
    }
    const SHOWN: usize = 12;
    if parts.len() > SHOWN {
        parts.truncate(SHOWN);
        parts.push("and more".into());
    }
    parts.join(", ")
}

/// Pages of one kind from dealt-out rows; the titles are given later.
pub(in crate::review) fn pages(kind: PageKind, dealt: Vec<Vec<Line>>) -> Vec<Page> {
    dealt
        .into_iter()
        .filter(|lines| !lines.is_empty())
        .map(|lines| Page { kind, title: String::new(), context: String::new(), lines })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_loses_nothing_and_keeps_the_width() {
        let text = "one two threethreethree four";
        let rows = wrap(text, 8);
        assert_eq!(rows, ["one two", "threethr", "eethree", "four"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn blocks_are_dealt_out_whole() {
        let block = |rows: usize| vec![Line::of("x", Style::Plain); rows];
        let pages = deal(vec![block(10), block(8), block(1), block(40)], 0);
        let rows: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(rows, [19, 1, 19, 19, 2]);
        assert!(pages.iter().all(|page| page.len() <= ROWS));
    }

    #[test]
    fn numbers_are_told_as_ranges() {
        assert_eq!(ranges(&[1, 3, 4, 5, 8, 9]), "1, 3 to 5, 8, 9");
        assert_eq!(ranges(&[]), "");
    }
}
