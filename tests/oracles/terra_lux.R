# R 4.2.2, terra 1.7-3 (Debian's r-cran-terra): the exact means of the package's own elevation of Luxembourg, by
# district. Writes terra_lux.csv: Rscript terra_lux.R > terra_lux.csv
library(terra)
elev <- rast(system.file("ex/elev.tif", package = "terra"))
lux <- vect(system.file("ex/lux.shp", package = "terra"))
cells <- extract(elev, lux, exact = TRUE)
cells <- cells[!is.na(cells$elevation), ]
for_each <- function(f) sapply(split(cells, cells$ID), f)
mean_exact <- for_each(function(d) weighted.mean(d$elevation, d$fraction))
count_exact <- for_each(function(d) sum(d$fraction))
minimum <- for_each(function(d) min(d$elevation))
maximum <- for_each(function(d) max(d$elevation))
centres <- extract(elev, lux, fun = mean, na.rm = TRUE)$elevation
cat("ID_2,mean,count,min,max,mean_of_centres\n")
for (i in seq_along(mean_exact))
    cat(sprintf("%d,%.15g,%.15g,%g,%g,%.15g\n", as.integer(lux$ID_2[i]), mean_exact[i], count_exact[i], minimum[i],
                maximum[i], centres[i]))
