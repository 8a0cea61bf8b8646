library(testthat)
library(plenary)

test_check("plenary")
