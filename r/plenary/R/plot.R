# Figures of the results, with base graphics. Each returns its table, so that it can stand at the end of a pipe.

plot.plenary_tally_votes <- function(x, y = "yes_share", ylab = y, ...) {
  check_column(x, y, sys.call())
  time <- time_of(x, c("year", "session", "decade", "month"))
  of <- intersect(c("participant", "group"), names(x))[1]
  if (is.null(time)) return(plot_bars(x, x[[of]], x[[y]], ylab, ...))
  plot_lines(x, x[[time]], x[[y]], x[[of]], xlab = time, ylab = ylab, ...)
}

plot.plenary_agreement <- function(x, y = "agree", ylab = y, xlab = "", ...) {
  check_column(x, y, sys.call())
  pair <- paste(x$state1, x$state2, sep = " - ")
  # Where all pairs are of one voter, the other one is enough.
  for (side in c("state1", "state2")) {
    if (length(unique(x[[side]])) == 1L) pair <- x[[setdiff(c("state1", "state2"), side)]]
  }
  time <- suppressWarnings(as.numeric(x$group))
  if (is.null(x$group) || anyNA(time) || length(unique(time)) < 2L) return(plot_bars(x, pair, x[[y]], ylab, ...))
  plot_lines(x, time, x[[y]], pair, xlab = xlab, ylab = ylab, ...)
}

plot.plenary_cohesion <- function(x, y = "rice", ylab = y, xlab = "", ...) {
  check_column(x, y, sys.call())
  time <- suppressWarnings(as.numeric(x$period))
  if (is.null(x$period) || anyNA(time) || length(unique(time)) < 2L) return(plot_bars(x, x$group, x[[y]], ylab, ...))
  plot_lines(x, time, x[[y]], x$group, xlab = xlab, ylab = ylab, ...)
}

plot.plenary_ideal_points <- function(x, states = NULL, ylab = "ideal point", xlab = "", ...) {
  shown <- if (is.null(states)) x else x[x$state %in% states, ]
  if (nrow(shown) == 0L) stop_plenary("none of the states has an ideal point", "name others", call = sys.call())
  time <- if (!is.null(shown$year) && !anyNA(shown$year)) shown$year else shown$session
  time <- suppressWarnings(as.numeric(time))
  if (length(time) == nrow(shown) && !anyNA(time) && length(unique(time)) > 1L) {
    plot_lines(shown, time, shown$ideal, shown$state, xlab = xlab, ylab = ylab, ...)
  } else {
    plot_intervals(shown, shown$state, shown$ideal, shown$lower, shown$upper, ylab, ...)
  }
  invisible(x)
}

plot.plenary_voting_power <- function(x, y = "banzhaf", ylab = y, ...) {
  check_column(x, y, sys.call())
  plot_bars(x, x$state, x[[y]], ylab, ...)
}

plot.plenary_check_votes <- function(x, ...) {
  if (nrow(x) == 0L) {
    graphics::plot.new()
    graphics::text(0.5, 0.5, "no findings")
    return(invisible(x))
  }
  counts <- sort(table(x$check))
  plot_bars(x, names(counts), as.vector(counts), "findings", ...)
}

check_column <- function(x, y, call) {
  if (!is.character(y) || length(y) != 1L || !is.numeric(x[[y]])) {
    numbers <- names(x)[vapply(x, is.numeric, logical(1))]
    stop_plenary(
      sprintf("no column of numbers is called `%s`", paste(y, collapse = ", ")),
      paste0("columns of numbers are ", paste0("`", numbers, "`", collapse = ", ")), call = call
    )
  }
}

time_of <- function(x, names) {
  for (name in names) {
    time <- suppressWarnings(as.numeric(x[[name]]))
    if (length(time) > 0L && !anyNA(time) && length(unique(time)) > 1L) return(name)
  }
  NULL
}

# More lines than these are drawn in grey, without names: nobody tells their colours apart.
most_lines <- 8L

# Colours that are told apart also by the colour-blind: Okabe and Ito's without the yellow, which is hard to see on white.
line_colours <- c("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")

# A line for each of `of`, with its name at its end.
plot_lines <- function(x, time, value, of, xlab, ylab, main = NULL, ylim = NULL, ...) {
  series <- unique(of)
  few <- length(series) <= most_lines
  colours <- if (few) line_colours[seq_along(series)] else rep("#00000040", length(series))
  time <- as.numeric(time)
  if (is.null(ylim)) ylim <- range(value, finite = TRUE)
  margin <- if (few) text_inches(series, 0.9) + 0.2 else 0.3
  old <- graphics::par(mai = replace(graphics::par("mai"), 4, margin))
  on.exit(graphics::par(old))
  graphics::plot(range(time), ylim, type = "n", xlab = xlab, ylab = ylab, main = main, bty = "l", las = 1, xaxt = "n", ...)
  # Years and sessions are whole.
  ticks <- pretty(time)
  graphics::axis(1, ticks[ticks == round(ticks)])
  ends <- heights <- rep(NA_real_, length(series))
  for (at in seq_along(series)) {
    own <- which(of == series[at] & is.finite(value))
    own <- own[order(time[own])]
    graphics::lines(time[own], value[own], col = colours[at], lwd = 1.6)
    if (length(own) == 1L) graphics::points(time[own], value[own], col = colours[at], pch = 19)
    if (length(own) > 0L) {
      ends[at] <- time[own[length(own)]]
      heights[at] <- value[own[length(own)]]
    }
  }
  if (few) {
    # Lines that end with the figure are named beside it, apart from each other; those that end before, where they end.
    beside <- !is.na(ends) & ends == max(time)
    heights[beside] <- spread(heights[beside], graphics::strheight("M", cex = 0.9) * 1.5)
    left <- ifelse(beside, graphics::par("usr")[2], ends + 0.01 * diff(graphics::par("usr")[1:2]))
    graphics::text(left, heights, series, col = colours, adj = 0, xpd = NA, cex = 0.9)
  }
  invisible(x)
}

# About how wide the longest of some texts is; before a plot has begun R does not say.
text_inches <- function(texts, cex) max(nchar(texts)) * graphics::par("cin")[1] * 0.75 * cex

# How large texts are that stand one above the other over the height of the figure.
text_size <- function(many) max(0.2, min(0.9, (graphics::par("fin")[2] - 1.5) / many / 0.13))

# The same places, none nearer to the next than `least`, around where they were.
spread <- function(places, least) {
  order <- order(places, na.last = NA)
  apart <- places
  if (length(order) > 1L) {
    ordered <- places[order]
    for (at in seq_along(ordered)[-1]) ordered[at] <- max(ordered[at], ordered[at - 1] + least)
    apart[order] <- ordered - (mean(ordered) - mean(places[order]))
  }
  apart
}

# A point for each of `of`, in the order of the values; with lines where there are intervals.
plot_intervals <- function(x, of, value, lower, upper, xlab, main = NULL, xlim = NULL, ...) {
  order <- order(value)
  cex <- text_size(length(order))
  margin <- text_inches(of, cex) + 0.2
  old <- graphics::par(mai = replace(graphics::par("mai"), 2, margin))
  on.exit(graphics::par(old))
  at <- seq_along(order)
  if (is.null(xlim)) xlim <- range(lower, upper, value, finite = TRUE)
  graphics::plot(value[order], at, xlim = xlim, yaxt = "n", xlab = xlab, ylab = "", main = main, bty = "n", pch = 19, cex = max(cex, 0.4), ...)
  graphics::segments(lower[order], at, upper[order], at, col = "#555555")
  graphics::axis(2, at, of[order], las = 1, tick = FALSE, cex.axis = cex, mgp = c(3, 0.2, 0))
  invisible(x)
}

plot_bars <- function(x, of, value, xlab, main = NULL, ...) {
  order <- order(value)
  cex <- text_size(length(order))
  margin <- text_inches(of, cex) + 0.3
  old <- graphics::par(mai = replace(graphics::par("mai"), 2, margin))
  on.exit(graphics::par(old))
  graphics::barplot(
    value[order], names.arg = of[order], horiz = TRUE, las = 1, xlab = xlab, main = main, cex.names = cex, border = NA, col = "#0072B2", ...
  )
  invisible(x)
}
