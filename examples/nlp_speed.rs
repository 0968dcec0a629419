//! Words a second of each stage on one core: `cargo run --release --example nlp_speed -- FILE…`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use anyhow::Result;
use entente::nlp::{Model, Scratch, tokenize};
use std::time::{Duration, Instant};

fn main() -> Result<()> {
    let texts = std::env::args().skip(1).map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let start = Instant::now();
    let model = Model::embedded();
    println!("model unpacked in {:.1?}", start.elapsed());
    let mut scratch = Scratch::new();
    let (mut words, mut times) = (0usize, [Duration::ZERO; 3]);
    for round in 0..3 {
        for text in &texts {
            let start = Instant::now();
            let mut document = tokenize(text, None);
            let tokenized = Instant::now();
            document.sentences.iter_mut().for_each(|s| model.tag(text, s, &mut scratch));
            let tagged = Instant::now();
            document.sentences.iter_mut().for_each(|s| model.parse(text, s, &mut scratch));
            let parsed = Instant::now();
            if round > 0 {
                words += document.sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
                for (sum, time) in times.iter_mut().zip([tokenized - start, tagged - tokenized, parsed - tagged]) {
                    *sum += time;
                }
            }
        }
    }
    for (stage, time) in ["tokenize", "tag", "parse"].iter().zip(times) {
        println!("{stage}: {:.0} words/s", words as f64 / time.as_secs_f64());
    }
    Ok(())
}
