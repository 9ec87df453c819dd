//! See `grounds::fuzzing::document`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| grounds::fuzzing::document(bytes));
