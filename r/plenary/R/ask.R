# Questions: the commands of plenary, asked as functions. The functions themselves are written from the command (questions.R).

# Asks a command. `inputs` and `options` are the arguments by their names; those that are NULL, and switches that are off, are not given.
ask_plenary <- function(command, name, inputs, options, call, matched) {
  scratch <- new_scratch()
  on.exit(scratch$remove())
  spoken <- lapply(names(inputs), function(name) speaking_name(matched[[name]]))
  inputs <- Map(function(input, spoken) as_inputs(input, spoken, scratch, call), inputs, spoken)
  given <- list()
  for (option in names(options)) {
    value <- as_values(options[[option]], option, scratch, call)
    if (!is.null(value)) given[[option]] <- value
  }
  answer <- ask_rust(
    wrap__question_ask, command, as.character(unlist(inputs, use.names = FALSE)), given, call = call, files = scratch$names
  )
  as_answer(answer, name, scratch$names)
}

# A folder of this process for the data frames that a command reads: together, as tables that explain others are looked for beside them;
# those of options apart. `names` maps their files to what they were called.
new_scratch <- function() {
  self <- new.env(parent = emptyenv())
  self$folder <- tempfile("plenary")
  self$names <- character()
  self$write <- function(frame, name, call, part = "inputs") {
    folder <- file.path(self$folder, part)
    dir.create(folder, recursive = TRUE, showWarnings = FALSE)
    own <- make.unique(c(basename(as.character(names(self$names))), paste0(name, ".csv")), "-")
    path <- file.path(folder, own[length(own)])
    if (!endsWith(path, ".csv")) path <- paste0(path, ".csv")
    ask_rust(wrap__frame_write, as_columns(frame, call), path, call = call)
    self$names[path] <- name
    path
  }
  self$remove <- function() unlink(self$folder, recursive = TRUE)
  self
}

# What a data frame is called in messages: the name of the variable, where it is one.
speaking_name <- function(expression) {
  name <- if (is.symbol(expression)) as.character(expression) else ""
  name <- gsub("[^A-Za-z0-9_-]+", "_", name)
  if (nzchar(name)) name else "data"
}

# Inputs as paths. A list may name its data frames: `list(votes = a, roll_calls = b)`.
as_inputs <- function(input, spoken, scratch, call) {
  if (is.null(input)) return(character())
  if (inherits(input, "plenary_dataset")) return(attr(input, "path"))
  if (is.data.frame(input)) return(scratch$write(input, spoken, call))
  if (is.list(input)) {
    named <- names(input)
    each <- lapply(seq_along(input), function(at) {
      own <- if (is.null(named) || !nzchar(named[at])) paste0(spoken, "_", at) else speaking_name(as.name(named[at]))
      as_inputs(input[[at]], own, scratch, call)
    })
    return(unlist(each))
  }
  if (is.character(input) && !anyNA(input)) return(plain_paths(input))
  if (is.numeric(input) && !anyNA(input)) return(as.character(input))
  stop_plenary(
    sprintf("an input has an unexpected type (expected paths, data frames or datasets, found %s)", class(input)[1]),
    "give the path of a file or a folder, or a data frame", call = call
  )
}

# `~` is the home folder only where such a file is meant: a name may begin with it.
plain_paths <- function(paths) enc2utf8(ifelse(startsWith(paths, "~/"), path.expand(paths), paths))

# The value of an option as text, `TRUE` for a switch that is on, NULL for what is not given.
as_values <- function(value, name, scratch, call) {
  if (is.null(value)) return(NULL)
  if (is.data.frame(value)) return(scratch$write(value, speaking_name(as.name(name)), call, "options"))
  if (is.factor(value)) value <- as.character(value)
  if (anyNA(value)) stop_plenary(sprintf("`%s` has a missing value", name), "leave it out", call = call)
  if (is.logical(value) && length(value) == 1L) return(if (value) TRUE)
  if (inherits(value, c("Date", "POSIXt"))) return(format(value, "%Y-%m-%d"))
  if (is.numeric(value)) return(vapply(value, format, "", digits = 15, scientific = FALSE, trim = TRUE))
  if (is.character(value)) return(plain_paths(value))
  stop_plenary(
    sprintf("`%s` has an unexpected type (expected text, numbers, dates, a data frame, yes or no, found %s)", name, class(value)[1]),
    call = call
  )
}

# The columns of a data frame as the kinds that the compiled code takes.
as_columns <- function(frame, call) {
  columns <- lapply(names(frame), function(name) {
    column <- frame[[name]]
    if (is.factor(column)) return(as.character(column))
    if (inherits(column, "POSIXt")) {
      text <- format(column, "%Y-%m-%d")
      return(if (all(is.na(column) | format(column, "%H:%M:%S") == "00:00:00")) as.Date(text) else format(column, "%Y-%m-%dT%H:%M:%S"))
    }
    if (is.character(column)) return(enc2utf8(column))
    if (inherits(column, "Date")) return(column)
    if (is.object(column) && is.numeric(column)) return(as.character(column))
    column
  })
  setNames(columns, names(frame))
}

# The answer as R has it: a data frame where the command has a table, else the document as a list.
as_answer <- function(answer, name, files) {
  messages <- answer$messages
  messages$text <- without_paths(messages$text, files)
  warnings <- paste0(messages$text, ifelse(is.na(messages$help), "", paste0(" (", messages$help, ")")))[messages$kind != "note"]
  document <- with_frames(answer$document)
  kind <- paste0("plenary_", name)
  if (length(answer$tables) == 1L) {
    frame <- as_frame(answer$tables[[1]], warnings)
    attr(frame, "metadata") <- lapply(attr(frame, "metadata"), without_paths, files)
    class(frame) <- c(kind, class(frame))
    attr(frame, "document") <- document
    return(frame)
  }
  if (length(answer$tables) > 1L) {
    return(structure(lapply(answer$tables, as_frame, warnings), class = kind))
  }
  if (!is.list(document)) document <- list(text = answer$text)
  structure(document, class = c(kind, "plenary_document"), warnings = warnings)
}

# Lists of rows within a document as data frames.
with_frames <- function(document) {
  if (inherits(document, "plenary_rows")) {
    rows <- if (length(document) > 0L) length(document[[1]]) else 0L
    frame <- as_frame(list(columns = unclass(document), rows = rows, metadata = NULL))
    class(frame) <- setdiff(class(frame), "plenary_table")
    attr(frame, "metadata") <- attr(frame, "warnings") <- NULL
    return(frame)
  }
  if (is.list(document)) document[] <- lapply(document, with_frames)
  document
}

print.plenary_document <- function(x, ...) {
  for (name in names(x)) {
    value <- x[[name]]
    told <- if (is.data.frame(value)) {
      sprintf("<%d rows, %d columns>", nrow(value), ncol(value))
    } else if (is.list(value)) {
      sprintf("<list of %d>", length(value))
    } else if (length(value) > 8L) {
      paste0(paste(utils::head(value, 8L), collapse = ", "), sprintf(", and %d more", length(value) - 8L))
    } else {
      paste(format(value, trim = TRUE), collapse = ", ")
    }
    cat(name, ": ", told, "\n", sep = "")
  }
  for (warning in attr(x, "warnings")) cat("# warning: ", warning, "\n", sep = "")
  invisible(x)
}

# An object that pscl, wnominate and emIRT take: the votes as `votes --format rollcall` writes them.
as_rollcall <- function(x, ..., nay = c("no", "no or abstain"), desc = NULL) {
  call <- sys.call()
  nay <- match.arg(nay)
  if (!requireNamespace("pscl", quietly = TRUE)) {
    stop_plenary("the package pscl is not installed", "install it: install.packages(\"pscl\")", call = call)
  }
  scratch <- new_scratch()
  on.exit(scratch$remove())
  folder <- tempfile("rollcall")
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE), add = TRUE)
  given <- list(...)
  options <- list(format = "rollcall", output = file.path(folder, "votes"))
  for (option in names(given)) options[[option]] <- as_values(given[[option]], option, scratch, call)
  inputs <- as_inputs(x, speaking_name(substitute(x)), scratch, call)
  answer <- ask_rust(wrap__question_ask, "votes", as.character(inputs), options, call = call, files = scratch$names)
  read <- function(part) {
    file <- file.path(folder, paste0("votes.", part, ".csv"))
    utils::read.csv(file, row.names = 1, check.names = FALSE, na.strings = "", encoding = "UTF-8")
  }
  votes <- as.matrix(read("votes"))
  abstain <- 7
  pscl::rollcall(
    votes,
    yea = 1, nay = if (nay == "no") 6 else c(6, abstain), missing = if (nay == "no") c(abstain, 9) else 9, notInLegis = 0,
    legis.names = rownames(votes), vote.names = colnames(votes),
    legis.data = read("legis"), vote.data = read("votedata"), desc = desc
  )
}
