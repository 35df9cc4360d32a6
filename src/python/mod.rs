//! The only folder that knows Python.
