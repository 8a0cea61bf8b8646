# Names and codes of states, each on its date.

resolve_state <- function(x, on = NULL, to = "iso3", from = "any", year_as = "whole", warn = TRUE) {
  call <- sys.call()
  check_word(to, "to", call)
  check_word(from, "from", call)
  check_word(year_as, "year_as", call)
  # A factor has few texts: without a date for each, they alone are looked up.
  if (is.factor(x) && length(on) <= 1L) {
    looked_up <- ask_rust(wrap__keys_resolve, enc2utf8(levels(x)), as_dates(on, call), to, from, year_as, call = call)
    answer <- looked_up$values[as.integer(x)]
    unmatched <- as_frame(looked_up$unmatched)
    unmatched$rows <- tabulate(x, nlevels(x))[match(unmatched$key, levels(x))]
    unmatched <- unmatched[unmatched$rows > 0L, ]
  } else {
    looked_up <- ask_rust(wrap__keys_resolve, as_keys(x, call), as_dates(on, call), to, from, year_as, call = call)
    answer <- looked_up$values
    unmatched <- as_frame(looked_up$unmatched)
  }
  if (isTRUE(warn) && nrow(unmatched) > 0L) warn_unmatched(unmatched, call)
  names(answer) <- names(x)
  answer
}

countrycode_dated <- function(sourcevar, origin, destination, warn = TRUE, nomatch = NA, on = NULL, year_as = "whole") {
  call <- sys.call()
  check_word(origin, "origin", call)
  check_word(destination, "destination", call)
  answer <- tryCatch(
    resolve_state(sourcevar, on, known_word(destination), known_word(origin), year_as, warn),
    plenary_error = function(error) {
      error$call <- call
      stop(error)
    }
  )
  if (is.null(nomatch)) {
    # As countrycode does: what has no match stays as it is.
    missing <- is.na(answer)
    answer[missing] <- as.character(sourcevar)[missing]
  } else if (!all(is.na(nomatch))) {
    if (!length(nomatch) %in% c(1L, length(answer))) {
      stop_plenary(
        sprintf("`nomatch` has %d values for %d keys", length(nomatch), length(answer)),
        "give one value, or one for each key", call = call
      )
    }
    answer <- ifelse(is.na(answer) & !is.na(sourcevar), as.character(nomatch), answer)
  }
  if (known_word(destination) %in% c("numeric", "m49", "cow", "gw")) {
    # countrycode answers with numbers where the codes are numbers.
    numbers <- suppressWarnings(as.integer(answer))
    if (!anyNA(numbers[!is.na(answer)])) answer <- numbers
  }
  answer
}

# The words of countrycode for what this package has under another word.
countrycode_words <- c(
  country.name = "name", country.name.en = "name", iso2c = "iso2", iso3c = "iso3", iso3n = "numeric", un = "m49",
  cown = "cow", cowc = "cow-letters", gwn = "gw"
)

known_word <- function(word) if (word %in% names(countrycode_words)) countrycode_words[[word]] else word

check_word <- function(word, name, call) {
  if (!is.character(word) || length(word) != 1L || is.na(word)) {
    stop_plenary(sprintf("`%s` is not a word", name), "give one text, such as `iso3`", call = call)
  }
}

as_keys <- function(x, call) {
  if (is.factor(x) || is.numeric(x)) {
    # Whole numbers are codes as they are written.
    return(as.character(x))
  }
  if (is.character(x)) return(enc2utf8(x))
  if (is.logical(x) && all(is.na(x))) return(as.character(x))
  stop_plenary(
    sprintf("the keys have an unexpected type (expected text, a factor or numbers, found %s)", class(x)[1]),
    "give a column of names or codes", call = call
  )
}

# Dates in one of the forms that the compiled code reads: class `Date`, years as numbers, text.
as_dates <- function(on, call) {
  if (is.null(on) || inherits(on, "Date")) return(on)
  if (inherits(on, "POSIXt")) return(as.Date(format(on, "%Y-%m-%d")))
  if (is.factor(on)) return(as.character(on))
  if (is.logical(on) && all(is.na(on))) return(as.integer(on))
  if (is.character(on)) return(enc2utf8(on))
  if (is.numeric(on) && !is.object(on)) return(on)
  stop_plenary(
    sprintf("`on` has an unexpected type (expected dates, years or text, found %s)", class(on)[1]),
    "give dates, years as numbers, or text such as `1980-01-01`", call = call
  )
}

# Says how many keys have no answer, and which come first.
warn_unmatched <- function(unmatched, call) {
  shown <- utils::head(unmatched, 5L)
  each <- sprintf("`%s` (%s, %d)", shown$key, shown$match, shown$rows)
  more <- nrow(unmatched) - nrow(shown)
  rows <- sum(unmatched$rows)
  warn_plenary(
    paste0(
      format(rows, big.mark = ","), if (rows == 1) " value has" else " values have", " no answer: ",
      paste(each, collapse = ", "), if (more > 0L) sprintf(" and %d more", more)
    ),
    unmatched = unmatched, call = call
  )
}
