//! Words on a page: what the user reads, styled by meaning, not by colour.

/// Columns that a page's lines fit in (an 80-column terminal less a margin).
pub const COLUMNS: usize = 78;
/// Rows that a page's lines fit in (25 less two of header and four of footer).
pub const ROWS: usize = 19;

/// What a run of text means. Without colour the words alone carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Ordinary text.
    Plain,
    /// What the eye should find first: amounts, the inner groups of an address.
    Strong,
    /// Present, but not the point: labels, the outer groups of an address.
    Faint,
    /// Derived or verified here.
    Proven,
    /// Said by the coordinator and not verified.
    Claimed,
    /// A warning.
    Warn,
    /// A refusal.
    Refuse,
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Printable text; what came from outside is already made visible.
    pub text: String,
    /// Its meaning.
    pub style: Style,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// From left to right.
    pub spans: Vec<Span>,
}

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// The first page: what leaves, what comes back, what it costs.
    Summary,
    /// Warnings and notes that did not fit the first page.
    Findings,
    /// Who is paid.
    Payment,
    /// What comes back, with its addresses.
    Return,
    /// What a message says, and for which address it is signed.
    Message,
    /// The coins that a proof of reserves shows.
    Reserves,
    /// The last page: type `sign`.
    Confirm,
    /// Why nothing will be signed.
    Refusal,
    /// Outside the mandatory pages: inputs.
    Inputs,
    /// Outside the mandatory pages: txid, version, locktime, weight.
    Details,
}

/// One page: at most [`ROWS`] lines of at most [`COLUMNS`] columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What it is for.
    pub kind: PageKind,
    /// Left part of the header, e.g. `Review 2 of 3: payment 1 of 1`.
    pub title: String,
    /// Right part of the header: wallet and network, e.g. `Family 2-of-3  TESTNET`.
    pub context: String,
    /// The rows.
    pub lines: Vec<Line>,
}

impl Span {
    /// A run of text.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl Line {
    /// An empty row.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A row in one style.
    pub fn of(text: impl Into<String>, style: Style) -> Self {
        Self { spans: vec![Span::new(text, style)] }
    }

    /// The row with another run at its end.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, style: Style) -> Self {
        self.spans.push(Span::new(text, style));
        self
    }

    /// The row without its styles.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Columns in use (one a character: nothing wider is ever put on a page).
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| span.text.chars().count()).sum()
    }
}

impl Page {
    /// The page as plain text: header, rows, each line ended.
    pub fn text(&self) -> String {
        let gap = COLUMNS
            .saturating_sub(self.title.chars().count() + self.context.chars().count())
            .max(2);
        let mut text = format!("{}{}{}\n", self.title, " ".repeat(gap), self.context);
        for line in &self.lines {
            text.push_str(line.text().trim_end());
            text.push('\n');
        }
        text
    }
}
