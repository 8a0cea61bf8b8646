# What the functions of the package share: calls of the compiled code, its refusals as conditions, its tables as data frames.

# Calls the compiled code. What it refuses comes back as data, and is raised here as a condition.
# Data frames were written as `files`, whose names are what the frames are called: messages speak of those.
ask_rust <- function(routine, ..., call = sys.call(-1), files = character()) {
  answer <- .Call(routine, ...)
  if (inherits(answer, "plenary_refused")) {
    for (field in c("message", "help", "file")) answer[[field]] <- without_paths(answer[[field]], files)
    stop_plenary(answer$message, answer$help, answer$file, answer$line, call = call)
  }
  answer
}

# Text in which data frames are called by their names, and not by the paths of the files that they were written to.
without_paths <- function(text, files) {
  for (path in names(files)) text <- gsub(path, files[[path]], text, fixed = TRUE)
  text
}

# Raises an error of class `plenary_error`, whose fields say what is wrong, what to do, and where.
stop_plenary <- function(message, help = NA_character_, file = NA_character_, line = NA_integer_, ..., call = NULL) {
  place <- if (is.na(file)) "" else if (is.na(line)) paste0(file, ": ") else paste0(file, ":", line, ": ")
  # Most messages name the file themselves.
  if (!is.na(file) && grepl(file, message, fixed = TRUE)) place <- ""
  text <- paste0(place, message, if (!is.na(help)) paste0("\n  help: ", help))
  stop(structure(
    class = c("plenary_error", "error", "condition"),
    list(message = text, call = call, problem = message, help = help, file = file, line = line, ...)
  ))
}

# Warns with a condition of class `plenary_warning`.
warn_plenary <- function(message, ..., call = NULL) {
  warning(structure(
    class = c("plenary_warning", "warning", "condition"),
    list(message = message, call = call, ...)
  ))
}

# A table of the compiled code as a data frame; a tibble where that package is installed.
as_frame <- function(answer, warnings = character()) {
  frame <- answer$columns
  tibble <- requireNamespace("tibble", quietly = TRUE)
  structure(
    frame,
    names = as.character(names(frame)),
    row.names = .set_row_names(answer$rows),
    class = c("plenary_table", if (tibble) c("tbl_df", "tbl"), "data.frame"),
    metadata = answer$metadata,
    warnings = warnings
  )
}

print.plenary_table <- function(x, ...) {
  NextMethod()
  metadata <- attr(x, "metadata")
  for (key in names(metadata)) cat("# ", key, ": ", metadata[[key]], "\n", sep = "")
  for (warning in attr(x, "warnings")) cat("# warning: ", warning, "\n", sep = "")
  invisible(x)
}
