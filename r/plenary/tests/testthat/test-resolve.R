test_that("names mean states on their date", {
  names <- c("Viet Nam", "Burma", "Upper Volta", NA)
  expect_identical(resolve_state(names, on = "1980-01-01"), c("VNM", "MMR", "BFA", NA))
  expect_identical(resolve_state(c("Russia", "Russia"), on = c(1980, 2000)), c("SUN", "RUS"))
  expect_identical(resolve_state("Russia", on = as.Date("1980-06-01"), to = "cow"), "365")
  expect_identical(resolve_state("365", on = 1980L, from = "cow", to = "name"), "Union of Soviet Socialist Republics")
  expect_identical(resolve_state(365, on = 2000, from = "cow"), "RUS")
  expect_identical(resolve_state(character()), character())
  expect_identical(resolve_state(c(a = "France")), c(a = "FRA"))
})

test_that("what has no answer is missing, counted and told", {
  expect_warning(
    answer <- resolve_state(c("Germany", "Atlantis", "Atlantis", "France"), on = "1980-01-01"),
    class = "plenary_warning"
  )
  expect_identical(answer, c(NA, NA, NA, "FRA"))
  told <- tryCatch(resolve_state(c("Germany", "Atlantis", "Atlantis"), on = "1980-01-01"), plenary_warning = identity)
  expect_identical(told$unmatched$key, c("Atlantis", "Germany"))
  expect_identical(told$unmatched$match, c("unknown", "ambiguous"))
  expect_identical(told$unmatched$rows, c(2L, 1L))
  expect_match(conditionMessage(told), "3 values have no answer: `Atlantis` (unknown, 2)", fixed = TRUE)
  expect_silent(resolve_state("Atlantis", warn = FALSE))
})

test_that("a code that changes within the year is not certain", {
  expect_warning(answer <- resolve_state("365", on = 1991, from = "cow"), "changes-within")
  expect_identical(answer, NA_character_)
  expect_identical(resolve_state("365", on = 1991, from = "cow", year_as = "first-day"), "SUN")
  expect_identical(resolve_state("365", on = 1991, from = "cow", year_as = "last-day"), "RUS")
})

test_that("a missing date is no date", {
  expect_warning(answer <- resolve_state(c("France", "France"), on = c(2000, NA)), "no-date")
  expect_identical(answer, c("FRA", NA))
  expect_warning(resolve_state("France", on = "yesterday"), "unreadable-date")
})

test_that("a factor answers like its texts", {
  texts <- c("Burma", "France", "Burma", NA, "Atlantis")
  expect_warning(answer <- resolve_state(factor(texts, levels = c("unused", unique(texts)[c(1, 2, 4)])), on = 1980), "`Atlantis` (unknown, 1)", fixed = TRUE)
  expect_identical(answer, suppressWarnings(resolve_state(texts, on = 1980)))
  expect_identical(resolve_state(factor(c("Russia", "Russia")), on = c(1980, 2000)), c("SUN", "RUS"))
})

test_that("text of another encoding is understood", {
  latin <- iconv("C\u00f4te d'Ivoire", "UTF-8", "latin1")
  expect_identical(Encoding(latin), "latin1")
  expect_identical(resolve_state(latin), "CIV")
  broken <- "Fran\xe7e"
  expect_warning(expect_identical(resolve_state(broken), NA_character_))
})

test_that("refusals are conditions with fields, and print nothing", {
  printed <- capture.output(error <- tryCatch(resolve_state("France", to = "iso9"), plenary_error = identity), type = "message")
  expect_identical(printed, character())
  expect_s3_class(error, "plenary_error")
  expect_match(error$problem, "`to`: `iso9` is none of name, iso2, iso3", fixed = TRUE)
  expect_true(is.na(error$file))
  expect_error(resolve_state(list("France")), "unexpected type", class = "plenary_error")
  expect_error(resolve_state(c("France", "Burma", "Chad"), on = c(1990, 1991)), "2 dates for 3 keys", class = "plenary_error")
  expect_error(resolve_state("France", year_as = "middle"), "unknown reading of a year", class = "plenary_error")
})

test_that("a panic of the compiled code is a refusal too", {
  printed <- capture.output(
    error <- tryCatch(plenary:::ask_rust(plenary:::wrap__panic_caught), plenary_error = identity),
    type = "message"
  )
  expect_identical(printed, character())
  expect_match(error$problem, "a fault of plenary in src/lib.rs, line", fixed = TRUE)
})

test_that("countrycode's arguments are understood", {
  expect_identical(countrycode_dated(c("FRA", "USA"), "iso3c", "cown"), c(220L, 2L))
  expect_identical(countrycode_dated(365, "cown", "country.name", on = 1980), "Union of Soviet Socialist Republics")
  expect_identical(countrycode_dated(c("France", "Atlantis"), "country.name", "iso2c", warn = FALSE), c("FR", NA))
  expect_identical(countrycode_dated(c("France", "Atlantis"), "country.name", "iso2c", warn = FALSE, nomatch = NULL), c("FR", "Atlantis"))
  expect_identical(countrycode_dated(c("France", "Atlantis", NA), "country.name", "iso3c", warn = FALSE, nomatch = "?"), c("FRA", "?", NA))
  expect_error(countrycode_dated("France", "country.name", "iso9"), class = "plenary_error")
})

test_that("every word of the documentation is one that is known", {
  systems <- plenary:::ask_rust(plenary:::wrap__key_systems)
  expect_true(all(plenary:::countrycode_words %in% c(systems$from, systems$to)))
  for (to in systems$to) expect_type(resolve_state("FRA", on = "2000-01-01", to = to, warn = FALSE), "character")
})

test_that("the names of the whole record of the General Assembly are looked up in less than a second", {
  folder <- file.path(new_folder(), "un")
  convert_votes(shared("undl", "ga_votes_1946_2019.csv.zst"), output = folder, lenient = TRUE)
  un <- read_plenary(folder, c("ballots", "decisions", "participants"))
  at <- match(paste(un$ballots$record, un$ballots$act), paste(un$decisions$record, un$decisions$act))
  names <- un$ballots$name
  expect_identical(length(names), 959474L)
  took <- system.time(codes <- resolve_state(names, on = un$decisions$date[at], warn = FALSE))
  expect_lt(took[["user.self"]] + took[["sys.self"]], 1)
  known <- !is.na(codes)
  expect_gt(mean(known), 0.99)
  expect_gt(mean(codes[known] == un$ballots$participant[known], na.rm = TRUE), 0.99)
})
