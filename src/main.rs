//! The `grounds` program: the command line, and nothing else.

use std::process::ExitCode;

/// Answers are made of many small texts that live shortly, which this allocator is better at than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    grounds::cli::run(std::env::args_os())
}
