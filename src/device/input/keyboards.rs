//! The keyboards of the dedicated machine, in a thread of their own.

use super::DeviceId;
use super::challenge::dice;
use super::desk::Desk;
use super::devices::Tree;
use super::pump::{Order, Pump};
use crate::app::appliance::Admission;
use crate::app::{Event, Keymap};
use std::io::{self, Write};
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// The keyboards that are plugged in. Dropping it ends the reading.
pub struct Keyboards {
    orders: Sender<Order>,
    wake: io::PipeWriter,
    trusted: Arc<Mutex<Vec<DeviceId>>>,
}

impl Keyboards {
    /// Takes every keyboard and power button for this process alone, and reads them. Keys,
    /// questions about newcomers, and [`Event::Ended`] for the power button go into `events`.
    ///
    /// `trusted`: the keyboards that might type before, by the process whose place this one takes.
    /// None when the machine has just started: every keyboard that is found may type then, and so
    /// may those that the kernel finds in the next seconds.
    ///
    /// Fails when the system gives no pipe or no thread.
    pub fn start(events: SyncSender<Event>, trusted: Option<Vec<DeviceId>>) -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        let (orders, ordered) = channel();
        let known = Arc::new(Mutex::new(vec![]));
        let mut pump =
            Pump::new(Tree::of_machine(), Desk::new(trusted, dice()), events, ordered, woken)?;
        let shared = Arc::clone(&known);
        let began = Instant::now();
        pump.look(began.elapsed()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        publish(&known, &pump);
        thread::Builder::new().name("keyboards".into()).spawn(move || {
            while pump.turn(began.elapsed()).is_ok() {
                publish(&shared, &pump);
            }
        })?;
        Ok(Self { orders, wake, trusted: known })
    }

    /// Reads keys in this layout from now on. Before it is called: United States.
    pub fn use_keymap(&self, keymap: Keymap) {
        self.order(Order::UseKeymap(keymap));
    }

    /// The user's answer to the question about a newcomer.
    pub fn admit(&self, answer: Admission) {
        self.order(Order::Admit(answer));
    }

    /// The keyboards that may type now, for the process that follows.
    pub fn trusted(&self) -> Vec<DeviceId> {
        self.trusted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The thread ends only when nobody takes its events: then an order has no more meaning.
    fn order(&self, order: Order) {
        if self.orders.send(order).is_ok() {
            let _ = (&self.wake).write(&[1]);
        }
    }
}

fn publish(shared: &Mutex<Vec<DeviceId>>, pump: &Pump<Tree>) {
    *shared.lock().unwrap_or_else(PoisonError::into_inner) = pump.trusted();
}
