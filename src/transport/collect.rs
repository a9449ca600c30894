//! Parts in: recognises the dialect by content and puts one message together.

use super::pieces::{Pieces, Placed};
use super::{Dialect, MAX_SYMBOL, Payload, Trouble, bbqr, content, specter, ur};

/// Collects the parts of one message, in any order, in any dialect.
#[derive(Default)]
pub struct Collector {
    state: State,
    wanted: Wanted,
}

/// What is looked for. Codes of the other kind are refused with their name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// PSBTs, transactions and messages.
    #[default]
    Payments,
    /// Wallets, keys and addresses, too: URs of the registry, extended keys, addresses as text.
    Wallets,
}

/// What one offered symbol did.
pub enum Offered {
    /// A new part; more are needed.
    New,
    /// Seen before, or it adds nothing.
    Known,
    /// A part of another message; nothing was changed. To take that one up instead, start over and
    /// offer its parts.
    Foreign,
    /// The message is whole.
    Complete(Payload),
    /// The part cannot be used; nothing was changed. Where all parts are there and what they give is
    /// not good (its checksum, its compression, its type), the collector has started over.
    Refused(Trouble),
}

/// How far the message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its dialect.
    pub dialect: Dialect,
    /// In words, e.g. `UR crypto-psbt`, `BBQr PSBT`.
    pub label: String,
    /// Independent parts received: the rank of what was seen.
    pub have: usize,
    /// Parts needed.
    pub need: usize,
    /// Which parts are known.
    pub parts: PartsMap,
}

/// One flag a part, in order; for UR a part solved from mixed ones counts as known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsMap(pub Vec<bool>);

impl PartsMap {
    /// The numbers of the missing parts, from 1.
    pub fn missing(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().zip(1..).filter(|(known, _)| !**known).map(|(_, number)| number)
    }
}

#[derive(Default)]
enum State {
    #[default]
    Empty,
    Collecting(Parts),
    /// The message was handed out: only what tells its parts from others is kept.
    Done(Identity, Progress),
}

enum Parts {
    Ur(ur::Parts),
    Numbered(Identity, Pieces),
}

/// What all parts of one message share.
#[derive(Clone, PartialEq, Eq)]
enum Identity {
    Ur(ur::Header),
    Bbqr(bbqr::Header),
    Specter { total: usize },
}

/// One part of a message.
enum Part {
    Ur(ur::Part),
    Numbered { identity: Identity, index: usize, data: Vec<u8> },
}

/// What one symbol holds.
enum Found {
    Whole(Payload),
    Part(Part),
}

impl Collector {
    /// A collector for what is looked for.
    pub fn wanting(wanted: Wanted) -> Self {
        Self { state: State::default(), wanted }
    }

    /// Takes one symbol's content.
    pub fn offer(&mut self, content: &[u8]) -> Offered {
        match recognise(content, self.wanted) {
            Err(trouble) => Offered::Refused(trouble),
            Ok(Found::Part(part)) => self.take(&part),
            Ok(Found::Whole(payload)) => match self.state {
                State::Empty => Offered::Complete(payload),
                State::Collecting(_) | State::Done(..) => Offered::Foreign,
            },
        }
    }

    /// None before the first part, and for a message of one code that says no number.
    pub fn progress(&self) -> Option<Progress> {
        match &self.state {
            State::Empty => None,
            State::Collecting(parts) => Some(parts.progress()),
            State::Done(_, progress) => Some(progress.clone()),
        }
    }

    /// Forgets all parts, to take up another message.
    pub fn start_over(&mut self) {
        self.state = State::default();
    }

    fn take(&mut self, part: &Part) -> Offered {
        let identity = part.identity();
        match &mut self.state {
            State::Done(done, _) if *done == identity => Offered::Known,
            State::Done(..) => Offered::Foreign,
            State::Collecting(parts) if parts.identity() != identity => Offered::Foreign,
            State::Collecting(parts) => match parts.add(part) {
                Placed::New => self.finish_if_whole(),
                Placed::Known => Offered::Known,
                Placed::Contradiction => Offered::Foreign,
                Placed::TooLarge => Offered::Refused(Trouble::TooLarge),
            },
            State::Empty => {
                let mut parts = Parts::new(identity);
                match parts.add(part) {
                    Placed::New => {
                        self.state = State::Collecting(parts);
                        self.finish_if_whole()
                    }
                    Placed::TooLarge => Offered::Refused(Trouble::TooLarge),
                    Placed::Known | Placed::Contradiction => Offered::Known,
                }
            }
        }
    }

    fn finish_if_whole(&mut self) -> Offered {
        let State::Collecting(parts) = &self.state else {
            return Offered::New;
        };
        match parts.payload() {
            None => Offered::New,
            Some(Ok(payload)) => {
                self.state = State::Done(parts.identity(), parts.progress());
                Offered::Complete(payload)
            }
            Some(Err(trouble)) => {
                self.start_over();
                Offered::Refused(trouble)
            }
        }
    }
}

impl Part {
    fn identity(&self) -> Identity {
        match self {
            Part::Ur(part) => Identity::Ur(part.header.clone()),
            Part::Numbered { identity, .. } => identity.clone(),
        }
    }
}

impl Parts {
    fn new(identity: Identity) -> Self {
        match identity {
            Identity::Ur(header) => Self::Ur(ur::Parts::new(header)),
            Identity::Bbqr(bbqr::Header { total, .. }) | Identity::Specter { total } => {
                Self::Numbered(identity, Pieces::new(total))
            }
        }
    }

    fn identity(&self) -> Identity {
        match self {
            Self::Ur(parts) => Identity::Ur(parts.header().clone()),
            Self::Numbered(identity, _) => identity.clone(),
        }
    }

    /// Takes a part of the same identity.
    fn add(&mut self, part: &Part) -> Placed {
        match (self, part) {
            (Self::Ur(parts), Part::Ur(part)) => parts.add(part),
            (Self::Numbered(_, pieces), Part::Numbered { index, data, .. }) => {
                pieces.place(*index, data)
            }
            _ => Placed::Contradiction,
        }
    }

    fn payload(&self) -> Option<Result<Payload, Trouble>> {
        match self {
            Self::Ur(parts) => parts.payload(),
            Self::Numbered(Identity::Bbqr(header), pieces) => Some(header.open(pieces.joined()?)),
            Self::Numbered(_, pieces) => Some(specter::open(pieces.joined()?)),
        }
    }

    fn progress(&self) -> Progress {
        match self {
            Self::Ur(parts) => Progress {
                dialect: Dialect::Ur,
                label: format!("UR {}", parts.header().ur_type),
                have: parts.rank(),
                need: parts.header().count,
                parts: PartsMap(parts.solved()),
            },
            Self::Numbered(identity, pieces) => {
                let (dialect, label) = match identity {
                    Identity::Bbqr(header) => (Dialect::Bbqr, header.label()),
                    _ => (Dialect::Specter, "Specter"),
                };
                let parts = PartsMap(pieces.map());
                let label = label.to_owned();
                Progress { dialect, label, have: pieces.have(), need: parts.0.len(), parts }
            }
        }
    }
}

/// Tells the dialects apart by how a code begins.
fn recognise(content: &[u8], wanted: Wanted) -> Result<Found, Trouble> {
    if content.len() > MAX_SYMBOL {
        return Err(Trouble::TooLarge);
    }
    let trimmed = content.trim_ascii();
    if trimmed.get(..3).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"ur:")) {
        let text = std::str::from_utf8(trimmed).map_err(|_| Trouble::Damaged(Dialect::Ur))?;
        return ur::read(text, wanted).map(|read| match read {
            ur::Read::Whole(payload) => Found::Whole(payload),
            ur::Read::Part(part) => Found::Part(Part::Ur(part)),
        });
    }
    if trimmed.starts_with(b"B$") {
        let bbqr::Part { header, index, data } = bbqr::read(trimmed)?;
        let identity = Identity::Bbqr(header);
        return Ok(Found::Part(Part::Numbered { identity, index, data }));
    }
    if let Some(read) = specter::read(trimmed) {
        let specter::Part { total, index, piece } = read?;
        let (identity, data) = (Identity::Specter { total }, piece.to_vec());
        return Ok(Found::Part(Part::Numbered { identity, index, data }));
    }
    content::whole(content, wanted).map(Found::Whole)
}
