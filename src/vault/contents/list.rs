//! Lists that have an end.

use std::ops::{Deref, DerefMut};

/// At most `MOST` things, in the order in which they came.
#[derive(Clone, PartialEq, Eq)]
pub struct List<T, const MOST: usize> {
    things: Vec<T>,
}

/// There is room for no more than so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom(pub usize);

impl std::fmt::Display for NoRoom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "A vault has room for {} of these. Remove one that is not needed first.", self.0)
    }
}

impl std::error::Error for NoRoom {}

impl<T, const MOST: usize> List<T, MOST> {
    /// So many fit.
    pub const MOST: usize = MOST;

    /// Adds one at the end. Refused when the list is full; `thing` is dropped then.
    pub fn push(&mut self, thing: T) -> Result<(), NoRoom> {
        if self.things.len() >= MOST {
            return Err(NoRoom(MOST));
        }
        self.things.push(thing);
        Ok(())
    }

    /// Takes one out. None when there is none at that place.
    pub fn remove(&mut self, place: usize) -> Option<T> {
        (place < self.things.len()).then(|| self.things.remove(place))
    }

    /// Keeps those that `keep` says yes to.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.things.retain(keep);
    }
}

impl<T, const MOST: usize> Default for List<T, MOST> {
    fn default() -> Self {
        Self { things: Vec::new() }
    }
}

impl<T, const MOST: usize> Deref for List<T, MOST> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.things
    }
}

impl<T, const MOST: usize> DerefMut for List<T, MOST> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.things
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_list_says_so_and_has_room_again_once_one_is_gone() {
        let mut list = List::<_, 2>::default();
        assert_eq!((list.push(1), list.push(2), list.push(3)), (Ok(()), Ok(()), Err(NoRoom(2))));
        assert_eq!((list.remove(5), list.remove(0)), (None, Some(1)));
        assert_eq!(list.push(3), Ok(()));
        list.retain(|number| *number == 3);
        assert_eq!(*list, [3]);
        assert!(NoRoom(2).to_string().ends_with('.'));
    }
}
