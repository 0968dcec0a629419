//! The program `entente`; everything is in the library.

fn main() {}
