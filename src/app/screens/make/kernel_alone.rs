//! The machine's random source alone: only after a warning.

use super::*;

pub(super) fn key(key: &Key, journey: &mut Journey, core: &mut Core) -> Next {
    match key {
        Key::Char('y') => {
            let Some(plan) = journey.pot.plan_with_kernel_alone() else {
                return Next::Go(Step::Sources(None));
            };
            let made = plan.make(&mut core.settings.random);
            sources::made(made, journey)
        }
        Key::Esc | Key::Enter | Key::Char('n') => Next::Go(Step::Sources(None)),
        _ => Next::Go(Step::KernelAlone),
    }
}

pub(super) fn view<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.toned(Tone::Warn, "Nothing of your own is mixed in.");
    text.gap();
    text.plain(WHY);
    text.gap();
    text.plain("Twenty-five throws of a die are enough to be safe from that.");
    text.gap();
    text.choice("Esc", "Add something of my own", "dice, coins, cards, camera, text");
    text.choice("y", "Trust this machine alone", "");
    let keys = vec![("Esc", "back"), ("y", "trust the machine alone"), ("?", "help")];
    words_view(core, "The machine's random source alone", text, keys)
}

const WHY: &str = "The words would rest on this machine's random source alone. Its tests find one that is broken, \
    not one that is built to be guessed: whoever could foretell it could take the coins.";
