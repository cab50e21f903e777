//! The `kcard` command.

fn main() -> std::process::ExitCode {
    kcard::cli::main()
}
