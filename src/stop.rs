//! Work that is given up: because nobody waits for it any more, or because its time is over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};

/// Tells long work when to end. Clones tell the same; the default never does.
///
/// Two of them are equal: when work is given up is no part of what was asked.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    is_given_up: Arc<AtomicBool>,
    deadline: Option<Deadline>,
    expression_time: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Deadline {
    at: Instant,
    given: Duration,
}

impl Stop {
    /// Ends work after a time.
    pub fn after(given: Duration) -> Self {
        let deadline = Instant::now().checked_add(given).map(|at| Deadline { at, given });
        Self {
            deadline,
            ..Self::default()
        }
    }

    /// The same, with another bound on the time that the regular expressions of a query take in a segment.
    pub fn with_expression_time(self, expression_time: Duration) -> Self {
        Self {
            expression_time: Some(expression_time),
            ..self
        }
    }

    /// The bound on the time that a regular expression takes in a segment, where one was set.
    pub fn expression_time(&self) -> Option<Duration> {
        self.expression_time
    }

    /// Gives the work up.
    pub fn give_up(&self) {
        self.is_given_up.store(true, Ordering::Relaxed);
    }

    /// Goes on, unless the work is given up.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`]: it is given up, or its time is over.
    pub fn check(&self) -> Result<()> {
        if self.is_given_up.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorKind::Stopped, "nobody waits for the answer any more"));
        }
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline.at => {
                let message = format!("the answer takes longer than {} seconds", deadline.given.as_secs_f64());
                Err(Error::new(ErrorKind::Stopped, message)
                    .hint("ask for less: fewer open words and alternatives, or fewer speeches by a filter"))
            }
            _ => Ok(()),
        }
    }
}

impl PartialEq for Stop {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_on_until_it_is_given_up_or_its_time_is_over() {
        let stop = Stop::after(Duration::from_secs(3_600));
        assert!(stop.check().is_ok());
        stop.clone().give_up();
        assert_eq!(stop.check().map_err(|error| error.kind()), Err(ErrorKind::Stopped));
        let over = Stop::after(Duration::ZERO);
        assert_eq!(over.check().map_err(|error| error.kind()), Err(ErrorKind::Stopped));
        assert!(Stop::default().check().is_ok());
    }
}
