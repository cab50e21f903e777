//! The local chat room: the embedded default face, in a browser.
