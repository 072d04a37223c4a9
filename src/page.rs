//! The page for people: what the engine answered, as HTML. Plain data in, HTML out; it knows neither the server nor how anything is found.
//!
//! Whatever comes from a corpus or a request is data here: it is escaped where it is written, and no markup is made of it.

mod address;
mod assets;
mod concordance;
mod difference;
mod facets;
mod fault;
mod form;
mod frame;
mod help;
mod hits;
mod language;
mod list;
mod marks;
mod paging;
mod reader;
mod results;
mod start;
mod text;
mod timeline;
mod uses;
mod views;
mod wording;

pub use address::{Address, speech_path};
pub use assets::{ASSETS, Asset};
pub use concordance::{Lines, concordance};
pub use difference::difference;
pub use fault::{Fault, FaultKind, QueryFault, fault};
pub use frame::Visit;
pub use help::help;
pub use list::{Listed, USUAL_SIZE, list};
pub use reader::{Citation, Kin, Reading, Related, reader};
pub use results::{Found, results};
pub use start::{Start, start};
pub use timeline::{Lapse, timeline};
pub use uses::{BothUses, uses};
pub use wording::Interface;
