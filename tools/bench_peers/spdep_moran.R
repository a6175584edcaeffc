# spdep_moran.R FOLDER local|global PERMUTATIONS   FOLDER/values.csv on FOLDER/queen.gal, rows sum to 1; one thread.
# Writes statistics and two-sided p as FOLDER/spdep_local.csv, spdep_local_p.csv or spdep_global.csv.
suppressMessages(library(spdep))
words <- commandArgs(TRUE)
folder <- words[1]
permutations <- as.integer(words[3])
values <- scan(file.path(folder, "values.csv"), quiet = TRUE)
weights <- nb2listw(read.gal(file.path(folder, "queen.gal"), override.id = TRUE))
write_numbers <- function(numbers, name) writeLines(format(numbers, digits = 17, trim = TRUE), file.path(folder, name))
set.seed(1)
if (words[2] == "local") {
    time <- system.time(found <- localmoran_perm(values, weights, nsim = permutations))
    write_numbers(found[, "Ii"], "spdep_local.csv")
    write_numbers(found[, "Pr(z != E(Ii)) Sim"], "spdep_local_p.csv")
} else {
    time <- system.time(found <- moran.mc(values, weights, nsim = permutations))
    upper <- found$p.value
    write_numbers(c(found$statistic, min(1, 2 * min(upper, 1 - upper + 1 / (permutations + 1)))), "spdep_global.csv")
}
cat(sprintf("seconds: %.3f\n", time[["elapsed"]]))
