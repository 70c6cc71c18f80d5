/// What the server answers.
pub const GREETING: &str = "two crates, one program\n";
