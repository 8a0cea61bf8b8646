# Opens a SQLite database with RSQLite and answers the five questions of `programs.py`.
#     Rscript programs.R DATABASE PARTICIPANT SESSION
suppressPackageStartupMessages({library(DBI); library(jsonlite)})
given <- commandArgs(trailingOnly = TRUE)
who <- given[2]
session <- given[3]
database <- dbConnect(RSQLite::SQLite(), given[1])
ballots <- dbReadTable(database, "ballots")
decisions <- dbReadTable(database, "decisions")
dbDisconnect(database)

choices <- c("yes", "no", "abstain", "non-voting")
count <- function(of) as.list(table(factor(of, levels = choices)))
votes <- merge(ballots, decisions[c("record", "act", "session", "year")])
own <- votes[!is.na(votes$participant) & votes$participant == who, ]
cast <- own[own$choice %in% c("yes", "no", "abstain"), ]
yes <- tapply(cast$choice == "yes", cast$year, sum)
of <- tapply(cast$choice == "yes", cast$year, length)
abstained <- table(votes$participant[votes$choice == "abstain"])
most <- sort(names(abstained)[abstained == max(abstained)])
held <- unique(votes[c("record", "act", "session")])

answers <- list(
  count(ballots$choice),
  count(own$choice[own$session == session]),
  as.list(setNames(paste(yes, "of", of), names(yes))),
  lapply(most, function(name) list(name, as.integer(abstained[[name]]))),
  as.list(table(held$session))
)
names(answers) <- c(
  "ballots by choice", paste(who, "in session", session),
  paste0("votes in favour of those cast by ", who, ", by year"), "who abstained most", "votes by session"
)
cat(toJSON(answers, auto_unbox = TRUE))
