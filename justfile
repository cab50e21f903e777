# What one does here; `just check` before a change is offered.

# Everything that CI checks.
check:
    .ci/check

# The bot, with its data in ./kcard-data.
run *ARGS:
    cargo run --release -- {{ARGS}}

# The tests; those that need PostgreSQL or Chromium say what to set.
test *ARGS:
    cargo test {{ARGS}}

# The figures of docs/benchmarks.md.
bench:
    cargo bench

# Puts right what a machine can.
fix:
    cargo fmt
    cargo run --quiet -- deck schema >deck.schema.json

# The image.
image:
    docker build -t kcard .
