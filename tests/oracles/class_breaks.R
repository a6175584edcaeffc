# Writes class_values.csv and class_breaks.csv: breaks, counts and fit of R's classInt for two data sets of
# spData and one made here (Debian packages r-base-core, r-cran-classint 0.4-9, r-cran-spdata 2.2.1). Neither
# build nor tests run this.
# Usage: Rscript class_breaks.R FOLDER
library(classInt)
folder <- commandArgs(trailingOnly = TRUE)[1]
data(jenks71, package = "spData")
data(columbus, package = "spData")
sets <- list(jenks71 = jenks71$jenks71, columbus_crime = columbus$CRIME, cubes = (1:60)^3)

exact <- function(x) paste(sprintf("%.17g", x), collapse = " ")
# Classes hold their upper ends, the first holds both.
fit <- function(x, breaks) {
  class <- cut(x, breaks, right = TRUE, include.lowest = TRUE)
  within <- sum(tapply(x, class, function(v) sum((v - mean(v))^2)), na.rm = TRUE)
  list(counts = paste(table(class), collapse = " "),
       adcm = sum(tapply(x, class, function(v) sum(abs(v - median(v)))), na.rm = TRUE),
       gvf = 1 - within / sum((x - mean(x))^2))
}
rows_of <- function(name) data.frame(data = name, value = sprintf("%.17g", sets[[name]]))
values <- do.call(rbind, lapply(names(sets), rows_of))
write.csv(values, file.path(folder, "class_values.csv"), row.names = FALSE, quote = FALSE)

# Breaks within the data, with its ends: classInt keeps fences beyond it, as infinite ends.
inside <- function(x, inner) unique(c(min(x), inner[inner >= min(x) & inner < max(x)], max(x)))
breaks_of <- function(x, k, scheme) switch(scheme,
  "head-tail" = classIntervals(x, style = "headtails")$brks,
  "max-breaks" = classIntervals(x, k, style = "maximum")$brks,
  std = inside(x, mean(x) + c(-2, -1, 1, 2) * sd(x)),
  box = inside(x, classIntervals(x, style = "box")$brks),
  percentile = inside(x, quantile(x, c(0.01, 0.1, 0.5, 0.9, 0.99), type = 7)),
  geometric = min(x) * (max(x) / min(x))^((0:k) / k),
  classIntervals(x, k, style = scheme)$brks)

rows <- list()
schemes <- c("fisher", "quantile", "equal", "pretty", "max-breaks", "geometric", "head-tail", "std", "box",
             "percentile")
for (name in names(sets)) for (scheme in schemes) for (k in 2:9) {
  x <- sets[[name]]
  breaks <- breaks_of(x, k, scheme)
  f <- fit(x, breaks)
  rows[[length(rows) + 1]] <- data.frame(data = name, scheme = scheme, classes = k, breaks = exact(breaks),
                                         counts = f$counts, gvf = exact(f$gvf), adcm = exact(f$adcm))
}
write.csv(do.call(rbind, rows), file.path(folder, "class_breaks.csv"), row.names = FALSE, quote = FALSE)
