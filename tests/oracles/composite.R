# A composite index of five official figures on the units of 2018, step by step in base R. Neither build nor tests
# run this; the tests read what it wrote.
# Usage, from the top of the tree: Rscript tests/oracles/composite.R > tests/oracles/composite.csv
figures <- function(file, indicator, year) {
  t <- read.csv(file.path("geodata/kazakhstan/indicators", file))
  t <- t[t$indicator == indicator & t$year == year & t$vintage == "2018" & t$unit_id != "KZ", ]
  setNames(t$value, t$unit_id)[sort(t$unit_id)]
}
x <- cbind(
  under5 = figures("survival.csv", "under5_mortality", 2019),
  maternal = figures("survival.csv", "maternal_mortality", 2020),
  poverty = figures("poverty.csv", "poverty_below_subsistence_min", 2020),
  income = figures("living.csv", "income_per_capita_nominal", 2020),
  emissions = figures("environment.csv", "air_emissions_stationary", 2020))
adverse <- c(TRUE, TRUE, TRUE, FALSE, TRUE)
skew <- function(v) { n <- length(v); n / ((n - 1) * (n - 2)) * sum(((v - mean(v)) / sd(v))^3) }
kurt <- function(v) {
  n <- length(v)
  n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * sum(((v - mean(v)) / sd(v))^4) - 3 * (n - 1)^2 / ((n - 2) * (n - 3))
}
outlying <- function(v) abs(skew(v)) > 2 && kurt(v) > 3.5
treat <- function(v) {   # one value may be pulled in
  if (!outlying(v)) return(v)
  w <- v
  if (skew(v) > 0) w[which.max(v)] <- sort(v, decreasing = TRUE)[2] else w[which.min(v)] <- sort(v)[2]
  if (!outlying(w)) return(w)
  if (skew(v) > 0) log(v - min(v) + 0.01 * (max(v) - min(v))) else -log(max(v) - v + 0.01 * (max(v) - min(v)))
}
treated <- apply(x, 2, treat)
min_max <- function(v, bad) { u <- (v - min(v)) / (max(v) - min(v)); 1 + 99 * (if (bad) 1 - u else u) }
scores <- sapply(1:5, function(i) min_max(treated[, i], adverse[i]))
health <- rowMeans(scores[, 1:2])
living <- scores[, 3]^0.25 * scores[, 4]^0.25 * scores[, 5]^0.5          # geometric, weights 1, 1, 2
index <- 3 / (2 / health + 1 / living)                                   # harmonic, weights 2, 1
z <- scale(treated) * matrix(ifelse(adverse, -1, 1), 17, 5, byrow = TRUE)
loadings <- prcomp(z, scale. = TRUE)$rotation[, 1]^2
pca <- as.vector(z %*% loadings)
out <- data.frame(key = rownames(x), x, treated_emissions = treated[, 5], health, living, index,
                  rank = rank(-index, ties.method = "min"), pca)
write.csv(format(out, digits = 16, trim = TRUE), row.names = FALSE, quote = FALSE)
message("skew ", paste(format(apply(x, 2, skew), digits = 15), collapse = " "))
message("kurtosis ", paste(format(apply(x, 2, kurt), digits = 15), collapse = " "))
message("loadings ", paste(format(loadings, digits = 15), collapse = " "))
message("correlation of under5 and maternal scores ", format(cor(scores[, 1], scores[, 2]), digits = 15))
message("correlation of income scores and index ", format(cor(scores[, 4], index), digits = 15))
