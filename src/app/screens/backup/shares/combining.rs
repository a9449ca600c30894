//! Every minimal combination of the shares that were given back, tried one after the other.

use super::combinations::{Combinations, Group};
use super::giving::Giving;
use super::*;
use crate::app::screens::backup::verdict::Verdict;
use crate::keys::{Material, Mnemonic, Passphrase, codex32, slip39};
use crate::wallet::{KeyRing, Network};
use zeroize::Zeroizing;

/// How far it is.
pub struct Combining {
    /// What was given, to go back to.
    giving: Giving,
    combinations: Combinations,
    passphrase: Passphrase,
    /// Whether each share was in a combination that gave the wallet.
    good: Vec<bool>,
    /// The shares of the first combination that did not.
    failed: Option<Vec<usize>>,
}

/// Milliseconds of work between two drawings.
const SLICE: u64 = 60;
/// Columns of the bar.
const BAR: u64 = 50;

impl Combining {
    /// Tries what was given; goes back to it, where it is too few.
    pub(super) fn begin(giving: Giving, passphrase: Passphrase) -> Screen {
        let good = vec![false; giving.given().len()];
        match combinations(giving.given()) {
            Some(combinations) => {
                let combining = Self { giving, combinations, passphrase, good, failed: None };
                Shares::Combining(Box::new(combining)).on()
            }
            None => Shares::Giving(giving).on(),
        }
    }

    pub fn key(self, key: Key) -> Screen {
        match key {
            Key::Esc => Shares::Giving(self.giving).on(),
            _ => Shares::Combining(Box::new(self)).on(),
        }
    }

    /// As many combinations as fit into a moment.
    pub fn run(mut self, core: &mut Core) -> Screen {
        let Some(session) = &core.session else { return Screen::home() };
        let began = (core.settings.stopwatch)();
        loop {
            let Some(chosen) = self.combinations.next() else { return self.end(core) };
            let shares: Vec<&Written> =
                chosen.iter().map(|place| &self.giving.given()[*place]).collect();
            if opens(&shares, &self.passphrase, session, core.settings.network) {
                chosen.iter().for_each(|place| self.good[*place] = true);
            } else {
                self.failed.get_or_insert(chosen);
            }
            if (core.settings.stopwatch)().saturating_sub(began) >= SLICE {
                return Shares::Combining(Box::new(self)).on();
            }
        }
    }

    fn end(self, core: &mut Core) -> Screen {
        let total = self.combinations.total();
        let Some(failed) = self.failed else {
            let tried = match total {
                1 => "The one combination".to_string(),
                _ => format!("All {total} combinations"),
            };
            let verb = if total == 1 { "opens" } else { "open" };
            let given = self.giving.given().len();
            let left = match self.giving.made() {
                Some(made) if made > given => {
                    format!(" {} of the {made} that were made were not given back.", made - given)
                }
                _ => String::new(),
            };
            let what = format!("{tried} of the {given} given back {verb} this wallet.{left}");
            return Verdict::passed(self.giving.backup(), what, core);
        };
        let given = self.giving.given();
        let name =
            |place: usize| given[place].name().unwrap_or_else(|| format!("number {}", place + 1));
        let names: Vec<String> = failed.into_iter().map(name).collect();
        let bad: Vec<String> =
            (0..given.len()).filter(|place| !self.good[*place]).map(name).collect();
        let mut what = format!("These together do not open it: {}.", names.join(", "));
        if !bad.is_empty() && bad.len() < given.len() {
            what.push_str(&format!(" In no combination that does: {}.", bad.join(", ")));
        }
        Verdict::failed(what, CORRECT, Shares::Giving(self.giving).on())
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let (done, total) = (self.combinations.done(), self.combinations.total());
        let full = (u128::from(BAR) * u128::from(done) / u128::from(total.max(1))) as usize;
        let mut text = Text::new();
        text.gap();
        text.plain("Every combination that should open the wallet is tried.");
        text.gap();
        let rest = "\u{2591}".repeat(BAR as usize - full);
        text.line(Line::toned(Tone::Strong, "\u{2588}".repeat(full)).and(Tone::Faint, rest));
        text.plain(format!("{done} of {total}"));
        words_view(
            core,
            format!("Drill: {}", self.giving.backup().name()),
            text,
            vec![("Esc", "stop")],
        )
    }
}

/// Is there a combination that should open the wallet?
pub fn suffice(given: &[Written]) -> bool {
    combinations(given).is_some()
}

/// The groups of what was given; of Seed XOR's parts all are needed.
fn combinations(given: &[Written]) -> Option<Combinations> {
    let all = |needed: usize| vec![Group { needed, shares: (0..given.len()).collect() }];
    match given.first()? {
        Written::Xor(_) if given.len() < 2 => None,
        Written::Xor(_) => Combinations::new(all(given.len()), 1),
        Written::Codex32(first) => Combinations::new(all(usize::from(first.threshold().max(1))), 1),
        Written::Slip39(first) => {
            let mut groups: Vec<Group> = vec![];
            for number in 1..=first.set().group_count() {
                let members = given.iter().enumerate().filter_map(|(place, share)| match share {
                    Written::Slip39(share) if share.group() == number => Some((place, share)),
                    _ => None,
                });
                let (shares, needed): (Vec<usize>, Vec<u8>) =
                    members.map(|(place, share)| (place, share.member_threshold())).unzip();
                let needed = needed.first().copied().map_or(0, usize::from);
                groups.push(Group { needed, shares });
            }
            Combinations::new(groups, usize::from(first.set().group_threshold()))
        }
    }
}

/// Do these shares give the wallet's own secret, and does that make its key?
fn opens(
    shares: &[&Written],
    passphrase: &Passphrase,
    session: &Session,
    network: Network,
) -> bool {
    let material = session.material();
    let fingerprint = if let [Written::Xor(_), ..] = shares {
        let Some((whole, kept)) = xor(shares).zip(material.mnemonic()) else { return false };
        if !whole.indices().eq(kept.indices()) {
            return false;
        }
        material.open_with(&whole, network).map(|seed| seed.fingerprint())
    } else {
        let Some((bytes, kept)) = master_seed(shares, passphrase).zip(material.to_master_seed())
        else {
            return false;
        };
        if *bytes != *kept {
            return false;
        }
        let opened = Material::master_seed(bytes).map(|material| material.open(network));
        opened.and_then(Result::ok).map(|seed| seed.fingerprint())
    };
    fingerprint.is_some_and(|fingerprint| fingerprint.to_string() == session.fingerprint)
}

fn xor(shares: &[&Written]) -> Option<Mnemonic> {
    let parts: Option<Vec<&Mnemonic>> = shares
        .iter()
        .map(|share| match share {
            Written::Xor(part) => Some(part),
            _ => None,
        })
        .collect();
    Mnemonic::combine_xor(&parts?).ok()
}

fn master_seed(shares: &[&Written], passphrase: &Passphrase) -> Option<Zeroizing<Vec<u8>>> {
    match shares.first()? {
        Written::Slip39(_) => {
            let mut collected = slip39::Shares::new();
            for share in shares {
                collected.add(share.slip39_again()?).ok()?;
            }
            collected.unlock(passphrase).ok()?.advance(u32::MAX)
        }
        Written::Codex32(_) => {
            let mut collected = codex32::Shares::new();
            for share in shares {
                collected.add(share.codex32_again()?).ok()?;
            }
            collected.seed()
        }
        Written::Xor(_) => None,
    }
}

const CORRECT: &str = "Compare the copy of each of them with what was shown, or make new shares: old and new ones \
    do not go together.";
