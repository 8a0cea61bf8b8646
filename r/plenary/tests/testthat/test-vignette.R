test_that("the vignette runs, and finds what was simulated", {
  skip_if_not_installed("knitr")
  # In an installed package the vignette is in `doc`; in the sources in `vignettes`.
  source <- system.file("doc", "from-votes-to-a-figure.Rmd", package = "plenary")
  skip_if(source == "", "the package was installed without its vignette")
  # Knitr writes figures into the working folder.
  before <- setwd(new_folder())
  on.exit(setwd(before))
  run <- new.env(parent = globalenv())
  knitr::knit(source, output = "vignette.md", envir = run, quiet = TRUE)
  expect_no_match(paste(readLines("vignette.md"), collapse = "\n"), "#> Error", fixed = TRUE)
  of <- function(state) run$points$ideal[run$points$state == state]
  # AUS and BEL change sides in the last session, USA and ZAF do not.
  expect_true(all(of("AUS")[1:2] < 0) && of("AUS")[3] > 0)
  expect_true(all(of("USA") > 0) && all(of("ZAF") > 0))
  expect_true(all(run$together$agree >= 0 & run$together$agree <= 1))
  if (isTRUE(run$has_record)) expect_gt(nrow(run$un$ballots), 900000)
})
