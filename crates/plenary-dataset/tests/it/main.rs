//! Tables written in each form, and read back by another library.

mod forms;
