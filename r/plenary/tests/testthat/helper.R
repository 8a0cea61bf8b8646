# A file of the shared data; where they are absent the test says so and passes.
shared <- function(...) {
  root <- Sys.getenv("PLENARY_SHARED")
  file <- file.path(root, "data", ...)
  skip_if(root == "" || !file.exists(file), paste("no shared data:", file.path(...)))
  file
}

# A new folder, which is gone with the process.
new_folder <- function() {
  folder <- tempfile("test")
  dir.create(folder)
  folder
}
