//! Loads a running server: `cargo run --release --example serve_load -- 127.0.0.1:7878 [CLIENTS] [SECONDS] [PID]`.
//!
//! Each client keeps one connection open and asks in turn for what the explorer asks for. Prints requests a second, times,
//! errors, and how the memory of the process PID (the server) changed from the end of the first tenth to the end.

#![allow(clippy::print_stdout, reason = "a measurement prints its figures")]

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const PATHS: [&str; 8] = [
    "/api/v1/",
    "/api/v1/overview",
    "/api/v1/events?limit=50",
    "/api/v1/events?kind=agreement&sector=trade&since=2020-01-01",
    "/api/v1/search?q=south%20kor",
    "/api/v1/graph?limit=40",
    "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D",
    "/",
];

type Fault = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Fault> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let address = args.first().ok_or("name the server: 127.0.0.1:PORT")?.clone();
    let number = |at: usize, usual: u64| args.get(at).map_or(Ok(usual), |text| text.parse());
    let (clients, seconds) = (number(1, 200)?, number(2, 60)?);
    let pid = args.get(3).cloned();
    let begun = Instant::now();
    let time = Duration::from_secs(seconds);
    let threads: Vec<_> = (0..clients)
        .map(|client| {
            let address = address.clone();
            std::thread::Builder::new().stack_size(256 * 1024).spawn(move || run(&address, client, begun + time))
        })
        .collect::<Result<_, _>>()?;
    std::thread::sleep(time / 10);
    let early = pid.as_deref().and_then(memory);
    let (mut times, mut errors) = (Vec::new(), 0_usize);
    for thread in threads {
        let (own, failed) = thread.join().map_err(|_| "a client failed")?;
        times.extend(own);
        errors += failed;
    }
    let late = pid.as_deref().and_then(memory);
    times.sort_unstable();
    let at = |part: f64| times.get(((times.len() as f64 - 1.0).max(0.0) * part) as usize).copied().unwrap_or_default();
    println!("{clients} clients, {:.1} s", begun.elapsed().as_secs_f64());
    println!("{} requests, {:.0} a second, {errors} errors", times.len(), times.len() as f64 / time.as_secs_f64());
    println!("half within {:?}, 99 % within {:?}, all within {:?}", at(0.5), at(0.99), at(1.0));
    if let (Some(early), Some(late)) = (early, late) {
        println!("memory: {} MB after a tenth of the time, {} MB at the end", early / 1024, late / 1024);
    }
    Ok(())
}

/// Asks until the end; gives the times, and how many requests failed.
fn run(address: &str, client: u64, end: Instant) -> (Vec<Duration>, usize) {
    let (mut times, mut errors, mut connection) = (Vec::new(), 0, None);
    let mut turn = client as usize;
    while Instant::now() < end {
        let begun = Instant::now();
        let path = PATHS[turn % PATHS.len()];
        turn += 1;
        match ask(address, &mut connection, path) {
            Ok(200) => times.push(begun.elapsed()),
            _ => {
                errors += 1;
                connection = None;
            }
        }
    }
    (times, errors)
}

/// One request on the open connection, or a new one; gives the status.
fn ask(address: &str, connection: &mut Option<BufReader<TcpStream>>, path: &str) -> Result<u16, Fault> {
    if connection.is_none() {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        *connection = Some(BufReader::new(stream));
    }
    let reader = connection.as_mut().ok_or("no connection")?;
    reader.get_mut().write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())?;
    let (mut status, mut length, mut chunked) = (0, 0, false);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err("closed".into());
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        } else if let Some(rest) = line.strip_prefix("http/1.1 ") {
            status = rest.split(' ').next().unwrap_or_default().parse()?;
        } else if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse()?;
        } else if line == "transfer-encoding: chunked" {
            chunked = true;
        }
    }
    if !chunked {
        std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
        return Ok(status);
    }
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim_end(), 16)?;
        // The data and its line end.
        std::io::copy(&mut reader.take(size + 2), &mut std::io::sink())?;
        if size == 0 {
            return Ok(status);
        }
    }
}

/// Resident memory of a process in kB, where the system tells it.
fn memory(pid: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find(|l| l.starts_with("VmRSS:"))?.split_whitespace().nth(1)?.parse().ok()
}
