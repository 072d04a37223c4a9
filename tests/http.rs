//! The HTTP layer.

mod changing;
mod conditional;
mod equality;
mod hostile;
mod live;
mod openapi;
mod pages;
mod paging;
mod robust;
mod writing;

use chancery::http::Code;

#[test]
fn the_readme_lists_every_code_of_a_problem() {
    let readme = include_str!("../README.md");
    for code in Code::ALL {
        let row = format!("| `{}` | {} | {} |", code.name(), code.status().as_u16(), code.title());
        assert!(readme.contains(&row), "{row}");
    }
}
