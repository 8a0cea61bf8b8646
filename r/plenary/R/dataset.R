# The tables of a dataset that `plenary import` wrote.

read_plenary <- function(dir, tables = NULL) {
  call <- sys.call()
  if (!is.character(dir) || length(dir) != 1L || is.na(dir)) {
    stop_plenary("`dir` is not the path of a folder", "give the folder of a dataset", call = call)
  }
  path <- path.expand(enc2utf8(dir))
  known <- ask_rust(wrap__dataset_tables, path, call = call)
  if (length(known) == 0L) {
    stop_plenary("the dataset has no tables as Parquet", "import it again without `--as`", file = dir, call = call)
  }
  if (!is.null(tables)) {
    unknown <- setdiff(tables, known)
    if (length(unknown) > 0L) {
      stop_plenary(
        sprintf("the dataset has no table `%s`", unknown[1]),
        paste0("it has ", paste0("`", known, "`", collapse = ", ")), file = dir, call = call
      )
    }
    known <- tables
  }
  read <- lapply(known, function(name) as_frame(ask_rust(wrap__dataset_table, path, name, call = call)))
  structure(setNames(read, known), class = "plenary_dataset", path = normalizePath(dir))
}

print.plenary_dataset <- function(x, ...) {
  cat("plenary dataset ", attr(x, "path"), "\n", sep = "")
  sizes <- summary(x)
  cat(sprintf("  %-14s %9s rows %3d columns\n", sizes$table, format(sizes$rows, big.mark = ","), sizes$columns), sep = "")
  invisible(x)
}

summary.plenary_dataset <- function(object, ...) {
  data.frame(
    table = names(object),
    rows = vapply(object, nrow, integer(1), USE.NAMES = FALSE),
    columns = vapply(object, ncol, integer(1), USE.NAMES = FALSE)
  )
}
