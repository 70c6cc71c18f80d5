use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind("0.0.0.0:18138").expect("the port is free");
    for stream in listener.incoming().flatten() {
        let mut lines = BufReader::new(&stream).lines();
        while lines.next().and_then(Result::ok).map_or(false, |line| !line.is_empty()) {}
        let _ = write!(
            &stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
            words::GREETING.len(),
            words::GREETING
        );
    }
}
