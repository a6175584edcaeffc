# Neighbours by where others stand, of the centroids in columbus.csv (see autocorrelation.R): writes
# columbus_delaunay.gal, columbus_gabriel.gal and columbus_relative.gal. Neither build nor tests run this.
# Debian 12: r-cran-spdep 1.2-7, r-cran-deldir 1.0-6. Usage: Rscript place_graphs.R
suppressMessages(library(spdep))
columbus <- read.csv("columbus.csv")
xy <- as.matrix(columbus[, c("x", "y")]); key <- as.character(columbus$key)
graphs <- list(delaunay = tri2nb(xy, row.names = key),
  gabriel = graph2nb(gabrielneigh(xy), row.names = key, sym = TRUE),
  relative = graph2nb(relativeneigh(xy), row.names = key, sym = TRUE))
for (name in names(graphs)) {
  write.nb.gal(graphs[[name]], sprintf("columbus_%s.gal", name))
  cat(name, sum(card(graphs[[name]])), "\n")
}
