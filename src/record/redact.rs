//! Leaving out what a reader may not know. The fingerprint stays.

use super::json;
use super::line::{Content, EventLine, Level};
use super::read::Record;

impl Record {
    /// The record with every event withheld that is above `level`. Header and note stay as they are.
    pub fn redacted(&self, level: Level) -> String {
        let mut text = json::write(self.header()) + "\n";
        for line in &self.lines {
            let event = if line.level <= level {
                line.event.clone()
            } else {
                Content::Withheld(line.event.leaf())
            };
            text.push_str(&json::write(&EventLine { event, ..line.clone() }));
            text.push('\n');
        }
        text + &self.receipt().text() + "\n"
    }
}
