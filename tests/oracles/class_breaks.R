# Writes class_values.csv and class_breaks.csv: breaks, counts and fit of R's classInt for two data sets of
# spData (Debian packages r-base-core, r-cran-classint 0.4-9, r-cran-spdata 2.2.1). Neither build nor tests
# run this.
# Usage: Rscript class_breaks.R FOLDER
library(classInt)
folder <- commandArgs(trailingOnly = TRUE)[1]
data(jenks71, package = "spData")
data(columbus, package = "spData")
sets <- list(jenks71 = jenks71$jenks71, columbus_crime = columbus$CRIME)

exact <- function(x) paste(sprintf("%.17g", x), collapse = " ")
# Classes hold their upper ends, the first holds both.
fit <- function(x, breaks) {
  class <- cut(x, breaks, right = TRUE, include.lowest = TRUE)
  within <- sum(tapply(x, class, function(v) sum((v - mean(v))^2)), na.rm = TRUE)
  list(counts = paste(table(class), collapse = " "), gvf = 1 - within / sum((x - mean(x))^2))
}
rows_of <- function(name) data.frame(data = name, value = sprintf("%.17g", sets[[name]]))
values <- do.call(rbind, lapply(names(sets), rows_of))
write.csv(values, file.path(folder, "class_values.csv"), row.names = FALSE, quote = FALSE)

rows <- list()
for (name in names(sets)) for (scheme in c("fisher", "quantile", "equal")) for (k in 2:9) {
  x <- sets[[name]]
  breaks <- classIntervals(x, k, style = scheme)$brks
  f <- fit(x, breaks)
  rows[[length(rows) + 1]] <- data.frame(data = name, scheme = scheme, classes = k, breaks = exact(breaks),
                                         counts = f$counts, gvf = exact(f$gvf))
}
write.csv(do.call(rbind, rows), file.path(folder, "class_breaks.csv"), row.names = FALSE, quote = FALSE)
