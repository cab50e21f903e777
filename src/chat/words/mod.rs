//! Every word that people read, in one place, as plain Markdown: short, kind, without blame, every number with its unit.
