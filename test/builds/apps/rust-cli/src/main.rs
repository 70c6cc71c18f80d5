//! Prints the longest word of a list.
use std::{env, fs};

fn main() {
    let path = env::var("WORDS").unwrap_or_else(|_| "words.txt".into());
    let text = fs::read_to_string(&path).expect("the list of words");
    let longest = text.lines().max_by_key(|word| word.len()).unwrap_or("");
    println!("{longest}");
}
