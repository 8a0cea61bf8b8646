# Written by a test of plenary-cli: a function for each command, with its options as arguments.

check_votes <- function(x = NULL, select = NULL, ignore = NULL, severity = NULL,
  max_findings = NULL, all = FALSE, config = NULL, reference = NULL, baseline = NULL,
  write_baseline = NULL, mapping = NULL, date_format = NULL, date = NULL,
  lenient = FALSE, fix = FALSE, in_place = FALSE) {
  inputs <- list(x = x)
  options <- list(select = select, ignore = ignore, severity = severity,
  max_findings = max_findings, all = all, config = config, reference = reference,
  baseline = baseline, write_baseline = write_baseline, mapping = mapping,
  date_format = date_format, date = date, lenient = lenient, fix = fix,
  in_place = in_place)
  ask_plenary("check", "check_votes", inputs, options, sys.call(), match.call())
}

votes <- function(x, body = NULL, from = NULL, to = NULL, session = NULL,
  subject = NULL, issue = NULL, symbol = NULL, important = FALSE, outcome = NULL,
  questions = NULL, lenient = FALSE, on_conflict = NULL, date_format = NULL,
  date = NULL, reference = NULL, states = NULL, group = NULL, only = NULL,
  verdict = NULL, rows = NULL, wide = NULL, columns = NULL, sort = NULL, limit = NULL,
  code = NULL, output = NULL) {
  inputs <- list(x = x)
  options <- list(body = body, from = from, to = to, session = session,
  subject = subject, issue = issue, symbol = symbol, important = important,
  outcome = outcome, questions = questions, lenient = lenient,
  on_conflict = on_conflict, date_format = date_format, date = date,
  reference = reference, states = states, group = group, only = only,
  verdict = verdict, rows = rows, wide = wide, columns = columns, sort = sort,
  limit = limit, code = code, output = output)
  ask_plenary("votes", "votes", inputs, options, sys.call(), match.call())
}

tally_votes <- function(x, body = NULL, from = NULL, to = NULL, session = NULL,
  subject = NULL, issue = NULL, symbol = NULL, important = FALSE, outcome = NULL,
  questions = NULL, lenient = FALSE, on_conflict = NULL, date_format = NULL,
  date = NULL, reference = NULL, per = NULL, by = NULL, states = NULL, group = NULL,
  only = NULL, sort = NULL, ascending = FALSE, limit = NULL, least = NULL, wide = NULL,
  output = NULL) {
  inputs <- list(x = x)
  options <- list(body = body, from = from, to = to, session = session,
  subject = subject, issue = issue, symbol = symbol, important = important,
  outcome = outcome, questions = questions, lenient = lenient,
  on_conflict = on_conflict, date_format = date_format, date = date,
  reference = reference, per = per, by = by, states = states, group = group,
  only = only, sort = sort, ascending = ascending, limit = limit, least = least,
  wide = wide, output = output)
  ask_plenary("tally", "tally_votes", inputs, options, sys.call(), match.call())
}

agreement <- function(x, body = NULL, from = NULL, to = NULL, session = NULL,
  subject = NULL, issue = NULL, symbol = NULL, important = FALSE, outcome = NULL,
  questions = NULL, lenient = FALSE, on_conflict = NULL, date_format = NULL,
  date = NULL, reference = NULL, by = NULL, states = NULL, with = NULL,
  measures = NULL, absences = NULL, counts = FALSE, consensus = NULL, least = NULL,
  matrix = FALSE, codes = NULL, output = NULL) {
  inputs <- list(x = x)
  options <- list(body = body, from = from, to = to, session = session,
  subject = subject, issue = issue, symbol = symbol, important = important,
  outcome = outcome, questions = questions, lenient = lenient,
  on_conflict = on_conflict, date_format = date_format, date = date,
  reference = reference, by = by, states = states, with = with, measures = measures,
  absences = absences, counts = counts, consensus = consensus, least = least,
  matrix = matrix, codes = codes, output = output)
  ask_plenary("agree", "agreement", inputs, options, sys.call(), match.call())
}

cohesion <- function(x, body = NULL, from = NULL, to = NULL, session = NULL,
  subject = NULL, issue = NULL, symbol = NULL, important = FALSE, outcome = NULL,
  questions = NULL, lenient = FALSE, on_conflict = NULL, date_format = NULL,
  date = NULL, reference = NULL, by = NULL, group = NULL, only = NULL, table = NULL,
  abstentions = NULL, absences = NULL, least = NULL, output = NULL) {
  inputs <- list(x = x)
  options <- list(body = body, from = from, to = to, session = session,
  subject = subject, issue = issue, symbol = symbol, important = important,
  outcome = outcome, questions = questions, lenient = lenient,
  on_conflict = on_conflict, date_format = date_format, date = date,
  reference = reference, by = by, group = group, only = only, table = table,
  abstentions = abstentions, absences = absences, least = least, output = output)
  ask_plenary("cohesion", "cohesion", inputs, options, sys.call(), match.call())
}

ideal_points <- function(x, body = NULL, from = NULL, to = NULL, session = NULL,
  subject = NULL, issue = NULL, symbol = NULL, important = FALSE, outcome = NULL,
  questions = NULL, lenient = FALSE, on_conflict = NULL, date_format = NULL,
  date = NULL, reference = NULL, linked = NULL, method = NULL, dynamics = NULL,
  smoothing = NULL, abstentions = NULL, minority = NULL, anchor = NULL,
  anchor_low = NULL, level = NULL, tolerance = NULL, max_iterations = NULL,
  seed = NULL, chains = NULL, burn_in = NULL, draws = NULL, thin = NULL, codes = NULL,
  matrix = FALSE, output = NULL, items = NULL) {
  inputs <- list(x = x)
  options <- list(body = body, from = from, to = to, session = session,
  subject = subject, issue = issue, symbol = symbol, important = important,
  outcome = outcome, questions = questions, lenient = lenient,
  on_conflict = on_conflict, date_format = date_format, date = date,
  reference = reference, linked = linked, method = method, dynamics = dynamics,
  smoothing = smoothing, abstentions = abstentions, minority = minority,
  anchor = anchor, anchor_low = anchor_low, level = level, tolerance = tolerance,
  max_iterations = max_iterations, seed = seed, chains = chains, burn_in = burn_in,
  draws = draws, thin = thin, codes = codes, matrix = matrix, output = output,
  items = items)
  ask_plenary("ideal", "ideal_points", inputs, options, sys.call(), match.call())
}

voting_power <- function(rule, on = NULL, members = NULL, body = NULL,
  reference = NULL, weights = NULL, group = NULL, in_ = NULL, index = NULL,
  method = NULL, samples = NULL, seed = NULL, output = NULL) {
  inputs <- list()
  options <- list(rule = rule, on = on, members = members, body = body,
  reference = reference, weights = weights, group = group, `in` = in_, index = index,
  method = method, samples = samples, seed = seed, output = output)
  ask_plenary("power", "voting_power", inputs, options, sys.call(), match.call())
}

decide_vote <- function(rule = NULL, body = NULL, question = NULL, yes = NULL,
  no = NULL, abstain = NULL, members = NULL, no_by = NULL, ballots = NULL,
  partial = FALSE, weights = NULL, group = NULL, in_ = NULL, on = NULL,
  proposed = NULL, config = NULL, reference = NULL, list = FALSE) {
  inputs <- list()
  options <- list(rule = rule, body = body, question = question, yes = yes, no = no,
  abstain = abstain, members = members, no_by = no_by, ballots = ballots,
  partial = partial, weights = weights, group = group, `in` = in_, on = on,
  proposed = proposed, config = config, reference = reference, list = list)
  ask_plenary("decide", "decide_vote", inputs, options, sys.call(), match.call())
}

treaty_parties <- function(x, body = NULL, on = NULL, in_force_when = NULL,
  notice = NULL, exclude = NULL, acts = NULL, weights = NULL, id = NULL,
  mapping = NULL, table_only = FALSE, date_format = NULL, reference = NULL) {
  inputs <- list(x = x)
  options <- list(body = body, on = on, in_force_when = in_force_when, notice = notice,
  exclude = exclude, acts = acts, weights = weights, id = id, mapping = mapping,
  table_only = table_only, date_format = date_format, reference = reference)
  ask_plenary("treaty", "treaty_parties", inputs, options, sys.call(), match.call())
}

members_of <- function(body = NULL, on = NULL, group = NULL, groups = NULL,
  mapping = NULL, convert = FALSE, reference = NULL, output = NULL) {
  inputs <- list()
  options <- list(body = body, on = on, group = group, groups = groups,
  mapping = mapping, convert = convert, reference = reference, output = output)
  ask_plenary("members", "members_of", inputs, options, sys.call(), match.call())
}

compare_votes <- function(a, b, all = FALSE, lenient = FALSE, date_format = NULL,
  date = NULL, mapping = NULL, reference = NULL) {
  inputs <- list(a = a, b = b)
  options <- list(all = all, lenient = lenient, date_format = date_format, date = date,
  mapping = mapping, reference = reference)
  ask_plenary("compare", "compare_votes", inputs, options, sys.call(), match.call())
}

convert_votes <- function(x, output = NULL, into = NULL, replace = FALSE, as = NULL,
  retrieved = NULL, mapping = NULL, date_format = NULL, date = NULL, lenient = FALSE,
  on_conflict = NULL, reference = NULL) {
  inputs <- list(x = x)
  options <- list(output = output, into = into, replace = replace, as = as,
  retrieved = retrieved, mapping = mapping, date_format = date_format, date = date,
  lenient = lenient, on_conflict = on_conflict, reference = reference)
  ask_plenary("import", "convert_votes", inputs, options, sys.call(), match.call())
}

resolve_table <- function(x = NULL, on = NULL, to = NULL, from = NULL, split = FALSE,
  csv = NULL, column = NULL, date_column = NULL, year_as = NULL, prefix = NULL,
  body = NULL, encoding = NULL, lenient = FALSE, date_format = NULL, reference = NULL,
  output = NULL) {
  inputs <- list(x = x)
  options <- list(on = on, to = to, from = from, split = split, csv = csv,
  column = column, date_column = date_column, year_as = year_as, prefix = prefix,
  body = body, encoding = encoding, lenient = lenient, date_format = date_format,
  reference = reference, output = output)
  ask_plenary("resolve", "resolve_table", inputs, options, sys.call(), match.call())
}

treaty_panel <- function(x, treaty = NULL, acts = NULL, mapping = NULL,
  table_only = FALSE, date_format = NULL, reference = NULL, panel = FALSE,
  counts = FALSE, signed_not_party = FALSE, on = NULL, from = NULL, to = NULL,
  state = NULL, status = NULL, in_force_when = NULL, notice = NULL, output = NULL) {
  inputs <- list(x = x)
  options <- list(treaty = treaty, acts = acts, mapping = mapping,
  table_only = table_only, date_format = date_format, reference = reference,
  panel = panel, counts = counts, signed_not_party = signed_not_party, on = on,
  from = from, to = to, state = state, status = status, in_force_when = in_force_when,
  notice = notice, output = output)
  ask_plenary("parties", "treaty_panel", inputs, options, sys.call(), match.call())
}

treaty_acts <- function(x, treaty = NULL, acts = NULL, mapping = NULL,
  table_only = FALSE, date_format = NULL, reference = NULL, state = NULL, kind = NULL,
  from = NULL, to = NULL, output = NULL) {
  inputs <- list(x = x)
  options <- list(treaty = treaty, acts = acts, mapping = mapping,
  table_only = table_only, date_format = date_format, reference = reference,
  state = state, kind = kind, from = from, to = to, output = output)
  ask_plenary("acts", "treaty_acts", inputs, options, sys.call(), match.call())
}

sponsors <- function(x, pairs = FALSE, counts = FALSE, state = NULL, from = NULL,
  to = NULL, symbol = NULL, least = NULL, mapping = NULL, lenient = FALSE,
  date_format = NULL, reference = NULL, output = NULL) {
  inputs <- list(x = x)
  options <- list(pairs = pairs, counts = counts, state = state, from = from, to = to,
  symbol = symbol, least = least, mapping = mapping, lenient = lenient,
  date_format = date_format, reference = reference, output = output)
  ask_plenary("sponsors", "sponsors", inputs, options, sys.call(), match.call())
}

show_record <- function(x = NULL, dataset = NULL, config = NULL, date_format = NULL,
  date = NULL, reference = NULL) {
  inputs <- list(x = x)
  options <- list(dataset = dataset, config = config, date_format = date_format,
  date = date, reference = reference)
  ask_plenary("show", "show_record", inputs, options, sys.call(), match.call())
}

check_claims <- function(x, about, dataset = NULL, check = FALSE, config = NULL,
  reference = NULL) {
  inputs <- list(x = x)
  options <- list(about = about, dataset = dataset, check = check, config = config,
  reference = reference)
  ask_plenary("claims", "check_claims", inputs, options, sys.call(), match.call())
}

bodies_on_record <- function(x = NULL, reference = NULL) {
  inputs <- list(x = x)
  options <- list(reference = reference)
  ask_plenary("bodies", "bodies_on_record", inputs, options, sys.call(), match.call())
}

decision_rules <- function(reference = NULL) {
  inputs <- list()
  options <- list(reference = reference)
  ask_plenary("rules", "decision_rules", inputs, options, sys.call(), match.call())
}
