//! What the words are made of: each source with what it counts for, and what is still needed.

use super::wording::{
    bar, flaw_sentence, gathered, rule_makers, shortfall_sentence, source_key, source_name,
    users_share,
};
use super::*;
use crate::keys::RandomError;
use crate::keys::entropy::{Bits, Recipe, Shortfall, SourceKind};

/// Cells of the bar.
const BAR: usize = 40;

pub(super) fn key(key: &Key, journey: &mut Journey, core: &mut Core) -> Next {
    match key {
        Key::Esc => Next::Go(Step::Count),
        Key::Enter => make(journey, core),
        Key::Char('k') => {
            journey.change(|pot| pot.kernel = !pot.kernel, |()| true);
            Next::Go(Step::Sources(None))
        }
        Key::Char(letter) => {
            let mut all = SourceKind::ALL.into_iter();
            match all.find(|source| source_key(*source).starts_with(*letter)) {
                Some(SourceKind::Camera) => Camera::open(core),
                Some(source) => Next::Go(Step::Throwing(Hand::of(source))),
                None => Next::Go(Step::Sources(None)),
            }
        }
        _ => Next::Go(Step::Sources(None)),
    }
}

fn make(journey: &mut Journey, core: &mut Core) -> Next {
    if journey.mixture.is_some() {
        return Next::Go(Step::Mixed); // nothing changed since: the same words
    }
    let made = match journey.pot.plan() {
        Ok(plan) => plan.make(&mut core.settings.random),
        Err(Shortfall::KernelAlone) => return Next::Go(Step::KernelAlone),
        Err(shortfall) => {
            return Next::Go(Step::Sources(Some(shortfall_sentence(shortfall, &journey.pot))));
        }
    };
    self::made(made, journey)
}

/// Goes on with what was made, or says why nothing was: what was gathered is kept.
pub(super) fn made(made: Result<Mixture, RandomError>, journey: &mut Journey) -> Next {
    match made {
        Ok(mixture) => {
            journey.mixture = Some(mixture);
            Next::Go(Step::Mixed)
        }
        Err(error) => Next::Go(Step::Sources(Some(format!("{error} {KEPT}")))),
    }
}

pub(super) fn view<'a>(remark: Option<&str>, journey: &Journey, core: &Core) -> View<'a> {
    let pot = &journey.pot;
    let mut text = Text::new();
    text.gap();
    text.plain(format!("What shall the {} words be made of? Any mix will do.", pot.count.words()));
    text.gap();
    let kernel = if pot.kernel { "on" } else { "off" };
    text.choice("k", "Machine's random source", kernel);
    text.gap();
    for source in SourceKind::ALL {
        text.choice(source_key(source), source_name(source), &gathered(source, pot));
    }
    text.gap();
    let (have, goal) = (pot.users(), pot.goal());
    text.line(
        Line::new("  Yours  ")
            .and(Tone::Strong, bar(have.floor(), goal.floor(), BAR))
            .and(Tone::Plain, format!("  {}", users_share(pot))),
    );
    text.gap();
    for source in SourceKind::ALL {
        if let Some(flaw) = pot.flaw(source) {
            text.toned(Tone::Warn, flaw_sentence(source, flaw, pot));
        }
    }
    match remark {
        Some(remark) => text.toned(Tone::Warn, remark),
        None => text.toned(Tone::Faint, outlook(journey)),
    };
    let keys = vec![("Enter", "make the words"), ("Esc", "back"), ("?", "help")];
    words_view(core, "What it is made of", text, keys)
}

/// What would come of it now.
fn outlook(journey: &Journey) -> String {
    let pot = &journey.pot;
    match pot.plan().map(|plan| plan.recipe()) {
        Ok(Recipe::Published(rule)) => {
            let makers = rule_makers(rule, pot.count);
            let just = if pot.users() < pot.goal() { JUST_ENOUGH } else { "" };
            format!(
                "Enough. {just}Enter makes the words by the rule of {makers}: check them there."
            )
        }
        Ok(Recipe::Mixed) if pot.users() < pot.goal() => ENOUGH_TO_GO_ON.into(),
        Ok(Recipe::Mixed) => "Enough. Enter mixes all of it (HKDF-SHA-512).".into(),
        Err(Shortfall::KernelAlone) => BESIDE_KERNEL.into(),
        Err(Shortfall::TooFew { kernel: true, need, .. }) => format!(
            "{BESIDE_KERNEL} {} more at least.",
            Bits::whole(need.without(pot.users()).portions(Bits::whole(1)) as u32)
        ),
        Err(Shortfall::Nothing) => WITHOUT_KERNEL.into(),
        Err(shortfall) => shortfall_sentence(shortfall, pot),
    }
}

const JUST_ENOUGH: &str = "99 throws are 255.8 bits, which the rule takes for 256. ";
const KEPT: &str = "What you gathered is kept.";
const ENOUGH_TO_GO_ON: &str = "Enough to go on, as long as the machine's source is sound. With all of the bar your own part \
    is safe by itself.";
const BESIDE_KERNEL: &str =
    "Add something of your own: should the machine's source be weak, it protects you.";
const WITHOUT_KERNEL: &str = "Without the machine's source, dice or coins alone give words that you can check on another \
    device. Several sources are mixed.";
