//! `entente serve` as clients see it: real servers on free ports of this machine, over a graph of seed articles.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod api;
mod client;
mod engines;
mod limits;
mod openapi;
mod protocol;
mod safety;
mod world;
mod writing;
