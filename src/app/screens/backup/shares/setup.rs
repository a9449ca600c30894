//! How many shares are made, and how many of them are needed.

use super::*;
use crate::app::screens::backup::twice::{Outcome, Twice};
use crate::keys::slip39::GroupSpec;
use crate::keys::{Generator, Material, Passphrase, PassphraseEntry, XorParts, codex32, slip39};

/// A passphrase of the shares' own being chosen, and the numbers.
pub struct Choosing {
    set_up: SetUp,
    typed: Twice,
}

/// Shares that are about to be made.
pub struct Making {
    set_up: SetUp,
    passphrase: PassphraseEntry,
}

impl Choosing {
    pub fn key(self, key: Key) -> Screen {
        let Self { set_up, typed } = self;
        match typed.key(key) {
            Outcome::Still(typed) => Shares::Choosing(Self { set_up, typed }).on(),
            Outcome::Left => Shares::SetUp(set_up).on(),
            Outcome::Chosen(passphrase) => Shares::Making(Making { set_up, passphrase }).on(),
        }
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        self.typed.show(&mut text, "A passphrase for these shares (leave it empty for none):");
        text.toned(Tone::Faint, OWN);
        twice::view(core, format!("Set up: {}", self.set_up.backup().name()), text)
    }
}

impl Making {
    /// Makes the shares, read back by those who make them.
    pub fn run(self, core: &mut Core) -> Screen {
        let Self { set_up, passphrase } = self;
        let Some(session) = &core.session else { return Screen::home() };
        let random = &mut core.settings.random;
        match set_up.plan.split(session.material(), &passphrase.finish(), random) {
            Ok(shares) => sheets::Sheets::begin(set_up.backup(), shares),
            Err(why) => {
                Message::show(menu::title(set_up.backup()), why, Shares::SetUp(set_up).on())
            }
        }
    }
}

/// The numbers being chosen.
pub struct SetUp {
    plan: Plan,
    /// The number that the arrows change.
    field: usize,
}

/// How a secret is to be shared.
pub(super) enum Plan {
    /// SLIP-39: so many of these groups.
    Slip39 { needed: u8, groups: Vec<GroupSpec> },
    /// codex32: `needed` of `made`.
    Codex32 { needed: u8, made: u8 },
    /// Seed XOR: all of so many.
    SeedXor { parts: u8 },
}

/// Most shares of a group (SLIP-39).
const MOST: u8 = 16;
/// Most groups here, so that the smallest window shows them all; SLIP-39 knows 16.
const MOST_GROUPS: usize = 6;
/// What a new group begins with.
const USUAL: GroupSpec = GroupSpec { threshold: 2, count: 3 };

impl SetUp {
    /// None for a form without shares.
    pub fn of(backup: Backup) -> Option<Self> {
        let plan = match backup {
            Backup::Slip39 => Plan::Slip39 { needed: 1, groups: vec![USUAL] },
            Backup::Codex32 => Plan::Codex32 { needed: 2, made: 3 },
            Backup::SeedXor => Plan::SeedXor { parts: 2 },
            _ => return None,
        };
        Some(Self { plan, field: 0 })
    }

    fn backup(&self) -> Backup {
        match self.plan {
            Plan::Slip39 { .. } => Backup::Slip39,
            Plan::Codex32 { .. } => Backup::Codex32,
            Plan::SeedXor { .. } => Backup::SeedXor,
        }
    }

    pub fn key(mut self, key: Key) -> Screen {
        let fields = self.plan.fields().len();
        match key {
            Key::Esc => return Backing::form(self.backup()),
            Key::Enter if matches!(self.plan, Plan::Slip39 { .. }) => {
                let choosing = Choosing { set_up: self, typed: Twice::default() };
                return Shares::Choosing(choosing).on();
            }
            Key::Enter => {
                let passphrase = PassphraseEntry::new();
                return Shares::Making(Making { set_up: self, passphrase }).on();
            }
            Key::Down | Key::Tab => self.field = (self.field + 1) % fields,
            Key::Up => self.field = (self.field + fields - 1) % fields,
            Key::Right | Key::Char('+') => self.plan.change(self.field, 1),
            Key::Left | Key::Char('-') => self.plan.change(self.field, -1),
            Key::Char('g') => {
                if let Plan::Slip39 { groups, .. } = &mut self.plan
                    && groups.len() < MOST_GROUPS
                {
                    groups.push(USUAL);
                }
            }
            Key::Char('r') => {
                if let Plan::Slip39 { needed, groups } = &mut self.plan
                    && groups.len() > 1
                {
                    groups.pop();
                    *needed = (*needed).min(groups.len() as u8);
                    self.field = 0;
                }
            }
            _ => {}
        }
        Shares::SetUp(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(self.plan.question());
        text.gap();
        let fields = self.plan.fields();
        for (place, (name, value)) in fields.iter().enumerate() {
            let tone = if place == self.field { Tone::Entry } else { Tone::Plain };
            let value = match place == self.field {
                true => format!("< {value:>2} >"),
                false => format!("  {value:>2}  "),
            };
            text.line(Line::new(format!("  {name:<28}")).and(tone, value));
        }
        text.gap();
        text.toned(Tone::Faint, self.plan.meaning());
        let mut keys = vec![("Enter", "make them"), ("arrows", "choose and change")];
        if let Plan::Slip39 { groups, .. } = &self.plan {
            keys.push(("g", "add a group"));
            if groups.len() > 1 {
                keys.push(("r", "remove one"));
            }
        }
        keys.extend([("Esc", "back"), ("?", "help")]);
        words_view(core, format!("Set up: {}", self.backup().name()), text, keys)
    }
}

impl Plan {
    fn question(&self) -> &'static str {
        match self {
            Self::SeedXor { .. } => "In how many parts? All of them are needed.",
            _ => "How many shares open the wallet, and how many are made?",
        }
    }

    /// The numbers to choose.
    fn fields(&self) -> Vec<(String, u8)> {
        match self {
            Self::Slip39 { groups, .. } if groups.len() == 1 => {
                vec![
                    ("Shares needed".into(), groups[0].threshold),
                    ("Shares made".into(), groups[0].count),
                ]
            }
            Self::Slip39 { needed, groups } => {
                let mut fields = vec![("Groups needed".into(), *needed)];
                for (number, group) in groups.iter().enumerate() {
                    fields.push((format!("Group {}: shares needed", number + 1), group.threshold));
                    fields.push(("         shares made".into(), group.count));
                }
                fields
            }
            Self::Codex32 { needed, made } => {
                vec![("Shares needed".into(), *needed), ("Shares made".into(), *made)]
            }
            Self::SeedXor { parts } => vec![("Parts".into(), *parts)],
        }
    }

    /// One more or less of a number, as far as its bounds go; a share more is made where more are
    /// needed.
    fn change(&mut self, field: usize, by: i8) {
        let changed =
            |value: u8, least: u8, most: u8| value.saturating_add_signed(by).clamp(least, most);
        match self {
            Self::SeedXor { parts } => *parts = changed(*parts, 2, 4),
            Self::Codex32 { needed, .. } if field == 0 => *needed = changed(*needed, 2, 9),
            Self::Codex32 { made, .. } => *made = changed(*made, 2, 31),
            Self::Slip39 { needed, groups } => {
                let several = groups.len() > 1;
                if several && field == 0 {
                    *needed = changed(*needed, 1, groups.len() as u8);
                    return;
                }
                let place = field - usize::from(several);
                let Some(group) = groups.get_mut(place / 2) else { return };
                let number =
                    if place.is_multiple_of(2) { &mut group.threshold } else { &mut group.count };
                *number = changed(*number, 1, MOST);
            }
        }
        self.agree(field);
    }

    /// No more are needed than are made; of shares of which one suffices, one is made.
    fn agree(&mut self, field: usize) {
        match self {
            Self::Codex32 { needed, made } if field == 0 => *made = (*made).max(*needed),
            Self::Codex32 { needed, made } => *needed = (*needed).min(*made),
            Self::Slip39 { groups, .. } => {
                let several = usize::from(groups.len() > 1);
                let place = field.saturating_sub(several);
                let Some(group) = groups.get_mut(place / 2) else { return };
                match (place.is_multiple_of(2), group.threshold, group.count) {
                    (true, 1, _) | (false, _, 1) => (group.threshold, group.count) = (1, 1),
                    (true, threshold, count) => group.count = count.max(threshold),
                    (false, threshold, count) => group.threshold = threshold.clamp(2, count),
                }
            }
            Self::SeedXor { .. } => {}
        }
    }

    fn meaning(&self) -> String {
        match self {
            Self::Slip39 { groups, .. } if groups.len() == 1 && groups[0].count == 1 => {
                "One share alone opens the wallet.".into()
            }
            Self::Slip39 { groups, .. } if groups.len() == 1 => {
                any(groups[0].threshold, groups[0].count)
            }
            Self::Slip39 { needed, groups } => format!(
                "Each group is for one house, firm or branch of the family. {needed} of {} groups \
                 open the wallet, each with as many of its shares as it needs.",
                groups.len()
            ),
            Self::Codex32 { needed, made } => any(*needed, *made),
            Self::SeedXor { parts } => format!(
                "Each of the {parts} parts is itself words of a wallet, so that nobody sees that it \
                 is a part. If one is lost, the wallet is lost."
            ),
        }
    }

    /// Only SLIP-39 has a passphrase of its own.
    fn split(
        &self,
        material: &Material,
        passphrase: &Passphrase,
        random: &mut Generator,
    ) -> Result<Vec<Written>, String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        let seed = || material.to_master_seed().ok_or_else(|| NO_SEED.to_string());
        match self {
            Self::Slip39 { needed, groups } => {
                let made = slip39::split(&seed()?, passphrase, *needed, groups, true, random);
                let groups = made.map_err(|error| told(&error))?;
                Ok(groups.into_iter().flatten().map(Written::Slip39).collect())
            }
            Self::Codex32 { needed, made } => {
                let identifier =
                    codex32::Identifier::random(random).map_err(|error| told(&error))?;
                let shares = codex32::split(&seed()?, identifier, *needed, *made, random);
                Ok(shares
                    .map_err(|error| told(&error))?
                    .into_iter()
                    .map(Written::Codex32)
                    .collect())
            }
            Self::SeedXor { parts } => {
                let parts = match parts {
                    2 => XorParts::Two,
                    3 => XorParts::Three,
                    _ => XorParts::Four,
                };
                let words = material.mnemonic().ok_or_else(|| NO_SEED.to_string())?;
                let parts =
                    words.split_xor_at_random(parts, random).map_err(|error| told(&error))?;
                Ok(parts.into_iter().map(Written::Xor).collect())
            }
        }
    }
}

fn any(needed: u8, made: u8) -> String {
    if needed == made {
        return format!("All {made} shares are needed. If one is lost, the wallet is lost.");
    }
    let lost = made - needed;
    format!("Any {needed} of the {made} shares open the wallet; {lost} may be lost.")
}

const OWN: &str = "It is the shares' own, not the wallet's, and is needed beside them. Every passphrase opens some \
    wallet, a mistyped one an empty one.";
const NO_SEED: &str = "This wallet has no seed that could be shared.";
