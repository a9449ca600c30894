//! Playing cards, drawn from a shuffled deck of 52 without putting them back.

use super::statistics::is_no_chance;
use super::{Bits, Flaw};
use zeroize::Zeroizing;

/// Cards of a deck.
const DECK: usize = 52;
/// Stands in the buffer where all cards were put back and shuffled before the deck was used up.
const SHUFFLED: u8 = DECK as u8;
/// The ranks as they are typed and written, in the order of a new deck.
const RANKS: &str = "A23456789TJQK";
/// A pattern that chance makes once in so many times.
const PATTERN: f64 = 1e-6;

/// The suit of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suit {
    /// Clubs, c.
    Clubs,
    /// Diamonds, d.
    Diamonds,
    /// Hearts, h.
    Hearts,
    /// Spades, s.
    Spades,
}

impl Suit {
    const ALL: [Self; 4] = [Self::Clubs, Self::Diamonds, Self::Hearts, Self::Spades];

    /// By its letter, any case.
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|suit| suit.letter() == letter.to_ascii_lowercase())
    }

    /// Its letter.
    pub fn letter(self) -> char {
        match self {
            Self::Clubs => 'c',
            Self::Diamonds => 'd',
            Self::Hearts => 'h',
            Self::Spades => 's',
        }
    }
}

/// A card. A secret once it is drawn, so it has no `Debug`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Suit by suit, ace to king.
    place: u8,
}

impl Card {
    /// A rank by its letter or digit, any case: `A`, `2` to `9`, `T`, `J`, `Q`, `K`.
    pub fn rank(letter: char) -> Option<char> {
        RANKS.chars().find(|rank| *rank == letter.to_ascii_uppercase())
    }

    /// The card of this rank and suit.
    pub fn new(rank: char, suit: Suit) -> Option<Self> {
        let rank = RANKS.find(rank.to_ascii_uppercase())?;
        u8::try_from(rank + 13 * suit as usize).ok().map(|place| Self { place })
    }

    /// Its rank, then its suit: `T` and `d`.
    pub fn letters(self) -> [char; 2] {
        let (suit, rank) = (usize::from(self.place) / 13, usize::from(self.place) % 13);
        [char::from(RANKS.as_bytes()[rank]), Suit::ALL[suit % 4].letter()]
    }
}

/// What became of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// It was taken.
    Taken,
    /// It was drawn already from this deck: nothing changed.
    Already,
    /// There is no room for more: nothing changed.
    Full,
}

/// Cards in the order in which they were drawn. After the 52nd, or when it is said that all were put
/// back and shuffled, the deck is whole again. Wiped when dropped; never grows.
pub struct Cards {
    drawn: Zeroizing<Vec<u8>>,
}

impl Default for Cards {
    fn default() -> Self {
        Self { drawn: Zeroizing::new(Vec::with_capacity(Self::MOST)) }
    }
}

impl Cards {
    /// Most cards and shuffles.
    pub const MOST: usize = 256;

    /// The next card.
    pub fn draw(&mut self, card: Card) -> Drawn {
        if self.deck().contains(&card.place) {
            return Drawn::Already;
        }
        if self.drawn.len() == Self::MOST {
            return Drawn::Full;
        }
        self.drawn.push(card.place);
        Drawn::Taken
    }

    /// All were put back, and shuffled. False, and nothing changes, where the deck is whole.
    pub fn shuffle(&mut self) -> bool {
        let begun = !self.deck().is_empty() && self.drawn.len() < Self::MOST;
        if begun {
            self.drawn.push(SHUFFLED);
        }
        begun
    }

    /// Takes the last card, or shuffle, back; false when there was none.
    pub fn undo(&mut self) -> bool {
        self.drawn.pop().is_some()
    }

    /// How many cards.
    pub fn len(&self) -> usize {
        self.places().filter(|place| place.is_some()).count()
    }

    /// None yet?
    pub fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }

    /// Cards that are left in this deck.
    pub fn left(&self) -> usize {
        DECK - self.deck().len()
    }

    /// The cards in order; None where they were put back and shuffled early.
    pub fn places(&self) -> impl Iterator<Item = Option<Card>> {
        self.drawn.iter().map(|place| (*place != SHUFFLED).then_some(Card { place: *place }))
    }

    /// What has been drawn of the deck in hand.
    fn deck(&self) -> &[u8] {
        let last = self.decks().last().unwrap_or_default();
        if last.len() == DECK { &[] } else { last }
    }

    /// The cards, deck by deck.
    fn decks(&self) -> impl Iterator<Item = &[u8]> {
        self.drawn.split(|place| *place == SHUFFLED).flat_map(|drawn| {
            let whole = drawn.chunks(DECK);
            whole.chain(drawn.is_empty().then_some(&[][..]))
        })
    }

    /// What they count for: each is one of those that were left. What a pattern foretells counts
    /// for nothing.
    pub fn credit(&self) -> Bits {
        match self.flaw() {
            Some(Flaw::Sequence) => self.credit_without(foretold_by_order),
            Some(_) => self.decks().next().map_or(Bits::ZERO, |first| credit(first, |_| false)),
            None => self.credit_without(|_, _| false),
        }
    }

    fn credit_without(&self, foretold: fn(&[u8], usize) -> bool) -> Bits {
        self.decks().map(|deck| credit(deck, |place| foretold(deck, place))).sum()
    }

    /// What is wrong with them: in the order of a new deck up or down, or the same deck again.
    pub fn flaw(&self) -> Option<Flaw> {
        let in_order: usize = self
            .decks()
            .map(|deck| (0..deck.len()).filter(|place| foretold_by_order(deck, *place)).count())
            .sum();
        let trials: usize = self.decks().map(|deck| deck.len().saturating_sub(1)).sum();
        // either neighbour of 52 cards: one in 25 at most
        if is_no_chance(trials, in_order, 25, PATTERN) {
            return Some(Flaw::Sequence);
        }
        let mut decks = self.decks();
        let first = decks.next().unwrap_or_default();
        let mut later = decks.map(|deck| deck.iter().zip(first).filter(|(a, b)| a == b).count());
        later.any(|again| again >= MOST_AGAIN).then_some(Flaw::Repeats(first.len()))
    }

    /// As they are mixed: two characters a card, `/` where all were put back and shuffled early.
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * self.drawn.len()));
        for card in self.places() {
            match card {
                Some(card) => text.extend(card.letters()),
                None => text.push('/'),
            }
        }
        text
    }
}

/// Cards at the same place of two shuffled decks are about one; ten or more are once in ten million.
const MOST_AGAIN: usize = 10;

/// Is it the neighbour, in a new deck, of the card before?
fn foretold_by_order(deck: &[u8], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| deck.get(before));
    before.zip(deck.get(place)).is_some_and(|(before, now)| before.abs_diff(*now) == 1)
}

fn credit(deck: &[u8], foretold: impl Fn(usize) -> bool) -> Bits {
    let left = |place: usize| u32::try_from(DECK - place.min(DECK)).unwrap_or(0);
    (0..deck.len())
        .filter(|place| !foretold(*place))
        .map(|place| Bits::of_choices(left(place)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(text: &str) -> Card {
        let mut letters = text.chars();
        let rank = letters.next().and_then(Card::rank);
        let suit = letters.next().and_then(Suit::of_letter);
        rank.zip(suit).and_then(|(rank, suit)| Card::new(rank, suit)).expect("a card")
    }

    /// A deck in an order that has no pattern: Fisher and Yates with a linear generator.
    fn shuffled(seed: u64) -> Vec<Card> {
        let mut deck: Vec<Card> = (0..DECK as u8).map(|place| Card { place }).collect();
        let mut state = seed;
        for last in (1..DECK).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            deck.swap(last, (state >> 33) as usize % (last + 1));
        }
        deck
    }

    fn drawn(cards: impl IntoIterator<Item = Card>) -> Cards {
        let mut all = Cards::default();
        assert!(cards.into_iter().all(|card| all.draw(card) == Drawn::Taken));
        all
    }

    #[test]
    fn every_card_has_its_two_letters() {
        for place in 0..DECK as u8 {
            let letters: String = Card { place }.letters().into_iter().collect();
            assert_eq!(card(&letters).place, place, "{letters}");
            assert_eq!(card(&letters.to_lowercase()).place, place, "{letters}");
        }
        assert_eq!(Card::rank('1'), None);
        assert!(Card::new('X', Suit::Clubs).is_none());
    }

    #[test]
    fn a_draw_counts_by_what_is_left() {
        let deck = shuffled(1);
        let mut cards = drawn(deck[..24].iter().copied());
        // log2 (52! / 28!) = 127.6...
        assert_eq!((cards.len(), cards.credit().floor()), (24, 127));
        assert_eq!(cards.draw(deck[24]), Drawn::Taken);
        assert_eq!(cards.credit().floor(), 132);
        // log2 52! = 225.58
        assert_eq!(drawn(deck).credit().floor(), 225);
    }

    #[test]
    fn a_card_comes_once_until_the_deck_is_whole_again() {
        let mut cards = drawn([card("As"), card("Td")]);
        assert_eq!(cards.draw(card("as")), Drawn::Already);
        assert_eq!((cards.len(), cards.left()), (2, 50));
        assert!(cards.shuffle());
        assert!(!cards.shuffle());
        assert_eq!(cards.left(), 52);
        assert_eq!(cards.draw(card("As")), Drawn::Taken);
        assert_eq!(*cards.text(), "AsTd/As");
        assert_eq!(cards.credit(), [52, 51, 52].map(Bits::of_choices).into_iter().sum());
        assert!(cards.undo() && cards.undo());
        assert_eq!((cards.len(), cards.left()), (2, 50));
    }

    #[test]
    fn after_52_cards_the_deck_is_whole_without_a_word() {
        let mut cards = drawn(shuffled(2));
        assert_eq!(cards.left(), 52);
        assert!(shuffled(3).into_iter().take(7).all(|card| cards.draw(card) == Drawn::Taken));
        assert_eq!((cards.len(), cards.left(), cards.flaw()), (59, 45, None));
        assert!(cards.credit() > Bits::whole(256));
    }

    #[test]
    fn shuffled_decks_have_no_flaw() {
        for seed in 0..2_000 {
            let two = shuffled(seed).into_iter().chain(shuffled(!seed));
            assert_eq!(drawn(two).flaw(), None, "{seed}");
        }
    }

    #[test]
    fn a_new_deck_in_its_order_counts_for_next_to_nothing() {
        let up = (0..DECK as u8).map(|place| Card { place });
        for cards in [drawn(up.clone()), drawn(up.rev())] {
            assert_eq!(cards.flaw(), Some(Flaw::Sequence));
            assert_eq!(cards.credit(), Bits::of_choices(52));
        }
    }

    #[test]
    fn the_same_deck_again_counts_once() {
        let twice = drawn(shuffled(4).into_iter().chain(shuffled(4)));
        assert_eq!(twice.flaw(), Some(Flaw::Repeats(52)));
        assert_eq!(twice.credit(), drawn(shuffled(4)).credit());
        let mut early = drawn(shuffled(5).into_iter().take(20));
        early.shuffle();
        shuffled(5).into_iter().take(20).for_each(|card| assert!(early.draw(card) == Drawn::Taken));
        assert_eq!(early.flaw(), Some(Flaw::Repeats(20)));
    }

    #[test]
    fn the_buffer_never_grows() {
        let mut cards = Cards::default();
        let place = cards.drawn.as_ptr();
        for seed in 0..6 {
            shuffled(seed).into_iter().for_each(|card| {
                cards.draw(card);
            });
        }
        assert_eq!((cards.drawn.len(), cards.drawn.as_ptr()), (Cards::MOST, place));
    }
}
