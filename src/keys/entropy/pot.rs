//! All that was gathered for one seed, and the rule by which a seed comes of it.

use super::mixing::{Ingredient, mix};
use super::published::{self, Rule};
use super::{Bits, Cards, Flaw, Frames, Fresh, Throw, Throws, TypedText, WordCount};
use crate::keys::{Generator, RandomError};

/// The user's own sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Dice with six faces.
    Dice,
    /// Dice with twenty faces.
    Dice20,
    /// Coins.
    Coins,
    /// Playing cards.
    Cards,
    /// The camera's pictures.
    Camera,
    /// Typed text.
    Text,
}

impl SourceKind {
    /// All of them, in the order in which they are mixed.
    pub const ALL: [Self; 6] =
        [Self::Dice, Self::Dice20, Self::Coins, Self::Cards, Self::Camera, Self::Text];
}

/// Bits that the user must add where the machine's source is mixed in: it has all that the seed
/// needs, if it is sound; the user's are there for the case that it is not.
pub const LEAST_BESIDE_KERNEL: Bits = Bits::whole(64);
/// Bits that the user should add then: enough for any seed.
const RECOMMENDED_BESIDE_KERNEL: Bits = Bits::whole(128);
/// Bytes that the machine's source adds.
const KERNEL: usize = 64;

/// What was gathered so far for one seed. Wiped when dropped.
pub struct Pot {
    /// How many words the seed shall have.
    pub count: WordCount,
    /// Is the machine's random source mixed in?
    pub kernel: bool,
    /// Throws of a D6.
    pub dice: Throws,
    /// Throws of a D20.
    pub dice20: Throws,
    /// Throws of coins.
    pub coins: Throws,
    /// Playing cards.
    pub cards: Cards,
    /// Pictures.
    pub frames: Frames,
    /// Typed text.
    pub text: TypedText,
}

/// By which rule a seed comes of a pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipe {
    /// Throws alone, as other devices do.
    Published(Rule),
    /// All of it mixed by HKDF-SHA-512.
    Mixed,
}

/// Why no seed comes of a pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// Nothing was chosen.
    Nothing,
    /// Nothing but the machine's source.
    KernelAlone,
    /// There are too few bits of the user's.
    TooFew {
        /// So many there are.
        have: Bits,
        /// So many are needed.
        need: Bits,
        /// Beside the machine's source.
        kernel: bool,
        /// A source with a flaw, which counts less for it.
        flawed: Option<SourceKind>,
    },
    /// A published rule asks for more throws.
    TooFewThrows {
        /// So many there are.
        have: usize,
        /// So many are needed.
        need: usize,
    },
}

/// A seed, and what it was made of.
pub struct Mixture {
    /// The words.
    pub fresh: Fresh,
    /// By which rule.
    pub recipe: Recipe,
    /// What went in, as it went in.
    pub ingredients: Vec<Ingredient>,
}

/// Enough was gathered: this makes the seed.
pub struct Plan<'a> {
    pot: &'a Pot,
    recipe: Recipe,
}

impl Pot {
    /// Nothing but the machine's random source.
    pub fn new(count: WordCount) -> Self {
        Self {
            count,
            kernel: true,
            dice: Throws::new(Throw::Die6),
            dice20: Throws::new(Throw::Die20),
            coins: Throws::new(Throw::Coin),
            cards: Cards::default(),
            frames: Frames::default(),
            text: TypedText::default(),
        }
    }

    /// The throws of a source that is thrown.
    pub fn throws(&self, source: SourceKind) -> Option<&Throws> {
        match source {
            SourceKind::Dice => Some(&self.dice),
            SourceKind::Dice20 => Some(&self.dice20),
            SourceKind::Coins => Some(&self.coins),
            SourceKind::Cards | SourceKind::Camera | SourceKind::Text => None,
        }
    }

    /// The throws of a source that is thrown.
    pub fn throws_mut(&mut self, source: SourceKind) -> Option<&mut Throws> {
        match source {
            SourceKind::Dice => Some(&mut self.dice),
            SourceKind::Dice20 => Some(&mut self.dice20),
            SourceKind::Coins => Some(&mut self.coins),
            SourceKind::Cards | SourceKind::Camera | SourceKind::Text => None,
        }
    }

    /// How many throws, cards, pictures or characters of a source.
    pub fn gathered(&self, source: SourceKind) -> usize {
        match source {
            SourceKind::Cards => self.cards.len(),
            SourceKind::Camera => self.frames.len(),
            SourceKind::Text => self.text.len(),
            thrown => self.throws(thrown).map_or(0, Throws::len),
        }
    }

    /// What a source counts for.
    pub fn credit(&self, source: SourceKind) -> Bits {
        match source {
            SourceKind::Cards => self.cards.credit(),
            SourceKind::Camera => self.frames.credit(),
            SourceKind::Text => self.text.credit(),
            thrown => self.throws(thrown).map_or(Bits::ZERO, Throws::credit),
        }
    }

    /// What is wrong with a source.
    pub fn flaw(&self, source: SourceKind) -> Option<Flaw> {
        match source {
            SourceKind::Cards => self.cards.flaw(),
            SourceKind::Camera | SourceKind::Text => None,
            thrown => self.throws(thrown).and_then(Throws::flaw),
        }
    }

    /// What all of the user's sources count for together.
    pub fn users(&self) -> Bits {
        SourceKind::ALL.map(|source| self.credit(source)).into_iter().sum()
    }

    /// Nothing of the user's?
    pub fn is_empty(&self) -> bool {
        self.used().next().is_none()
    }

    fn used(&self) -> impl Iterator<Item = SourceKind> {
        SourceKind::ALL.into_iter().filter(|source| self.gathered(*source) > 0)
    }

    /// How many bits the user's sources should reach.
    pub fn goal(&self) -> Bits {
        if self.kernel { RECOMMENDED_BESIDE_KERNEL } else { self.count.strength() }
    }

    /// How many bits the user's sources must reach.
    pub fn least(&self) -> Bits {
        if self.kernel { LEAST_BESIDE_KERNEL } else { self.count.strength() }
    }

    /// How many throws or cards of a source there should be in the end, when the rest comes from it
    /// alone and is sound. None for the others.
    pub fn target(&self, source: SourceKind) -> Option<usize> {
        let each = match source {
            // about: the fewer are left, the less one counts
            SourceKind::Cards => Bits::milli(5_200),
            SourceKind::Camera => Frames::EACH,
            SourceKind::Text => Bits::whole(1),
            thrown => self.throws(thrown)?.what().each(),
        };
        let gathered = self.gathered(source);
        if let Some(rule) = self.would_be_alone(source) {
            let needed = rule.throws(self.count);
            if self.flaw(source).is_none() {
                return Some(needed);
            }
        }
        Some(gathered + self.goal().without(self.users()).portions(each))
    }

    /// The published rule, if this source's throws are all that goes in.
    fn would_be_alone(&self, source: SourceKind) -> Option<Rule> {
        let alone = !self.kernel && self.used().all(|used| used == source);
        self.throws(source).filter(|_| alone).map(|throws| Rule::of(throws.what()))
    }

    /// The rule by which a seed comes of what is here, or why none does.
    pub fn plan(&self) -> Result<Plan<'_>, Shortfall> {
        let Some(first) = self.used().next() else {
            return Err(if self.kernel { Shortfall::KernelAlone } else { Shortfall::Nothing });
        };
        let enough = self.users() >= self.least();
        if let Some(rule) = self.would_be_alone(first) {
            let (have, need) = (self.gathered(first), rule.throws(self.count));
            let sound = self.flaw(first).is_none();
            if (sound && have >= need) || enough {
                return Ok(Plan { pot: self, recipe: Recipe::Published(rule) });
            }
            if sound {
                return Err(Shortfall::TooFewThrows { have, need });
            }
        }
        if enough {
            return Ok(Plan { pot: self, recipe: Recipe::Mixed });
        }
        let flawed = self.used().find(|source| self.flaw(*source).is_some());
        let (have, need, kernel) = (self.users(), self.least(), self.kernel);
        Err(Shortfall::TooFew { have, need, kernel, flawed })
    }

    /// The machine's source alone, for a user who was warned of it. None where it is not mixed in,
    /// or is not alone.
    pub fn plan_with_kernel_alone(&self) -> Option<Plan<'_>> {
        (self.kernel && self.is_empty()).then_some(Plan { pot: self, recipe: Recipe::Mixed })
    }
}

impl Plan<'_> {
    /// By which rule.
    pub fn recipe(&self) -> Recipe {
        self.recipe
    }

    /// Makes the seed. Fails where the machine's source is needed and fails: nothing is made then.
    pub fn make(self, random: &mut Generator) -> Result<Mixture, RandomError> {
        let ingredients = self.ingredients(random)?;
        let entropy = match self.recipe {
            Recipe::Mixed => mix(&ingredients, self.pot.count),
            Recipe::Published(rule) => published::entropy(self.thrown(rule), self.pot.count),
        };
        let fresh = Fresh::of(entropy).expect("as many bytes as the words need");
        Ok(Mixture { fresh, recipe: self.recipe, ingredients })
    }

    fn thrown(&self, rule: Rule) -> &Throws {
        match rule {
            Rule::Dice => &self.pot.dice,
            Rule::Dice20 => &self.pot.dice20,
            Rule::Coins => &self.pot.coins,
        }
    }

    /// In the order of [`super::mixing`].
    fn ingredients(&self, random: &mut Generator) -> Result<Vec<Ingredient>, RandomError> {
        let pot = self.pot;
        let mut all = Vec::with_capacity(1 + SourceKind::ALL.len());
        if pot.kernel {
            all.push(Ingredient::new("kernel", random.array::<KERNEL>()?.as_slice()));
        }
        for source in pot.used() {
            all.push(match source {
                SourceKind::Dice => Ingredient::new("d6", pot.dice.text().as_bytes()),
                SourceKind::Dice20 => Ingredient::new("d20", pot.dice20.text().as_bytes()),
                SourceKind::Coins => Ingredient::new("coins", pot.coins.text().as_bytes()),
                SourceKind::Cards => Ingredient::new("cards", pot.cards.text().as_bytes()),
                SourceKind::Camera => Ingredient::new("camera", pot.frames.digest().as_slice()),
                SourceKind::Text => Ingredient::new("text", pot.text.text().as_bytes()),
            });
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests;
