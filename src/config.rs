//! One typed configuration: the file, then the environment.
