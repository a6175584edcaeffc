# R 4.2.2, terra 1.7-3 (Debian's r-cran-terra) on the package's own elevation and districts of Luxembourg:
#   Rscript terra_lux.R > terra_lux.csv
# mean, count: extract(exact = TRUE), whose shares are floats; mean_cut, count_cut: every cell as a polygon, cut with
# the district by GEOS, its surface by the shoelace formula in doubles; mean_of_centres: extract().
library(terra)
elev <- rast(system.file("ex/elev.tif", package = "terra"))
lux <- vect(system.file("ex/lux.shp", package = "terra"))

surfaces <- function(shapes) {
    points <- as.data.frame(geom(shapes))
    ring <- paste(points$geom, points$part, points$hole)
    signed <- sapply(split(points, factor(ring, unique(ring))), function(d) {
        x <- d$x - d$x[1]
        y <- d$y - d$y[1]
        n <- length(x)
        (if (d$hole[1] > 0) -1 else 1) * abs(sum(x[-n] * y[-1] - x[-1] * y[-n])) / 2
    })
    owner <- points$geom[!duplicated(ring)]
    as.vector(tapply(signed, factor(owner, seq_len(nrow(shapes))), sum))
}

cells <- extract(elev, lux, exact = TRUE)
cells <- cells[!is.na(cells$elevation), ]
centres <- extract(elev, lux, fun = mean, na.rm = TRUE)$elevation
cat("ID_2,mean,count,mean_cut,count_cut,mean_of_centres\n")
for (i in seq_len(nrow(lux))) {
    own <- cells[cells$ID == i, ]
    grid <- as.polygons(crop(elev, lux[i], snap = "out"), dissolve = FALSE)
    cut <- intersect(grid, lux[i])
    surface <- surfaces(cut) / prod(res(elev))
    cat(sprintf("%d,%.15g,%.15g,%.15g,%.15g,%.15g\n", as.integer(lux$ID_2[i]), weighted.mean(own$elevation, own$fraction),
                sum(own$fraction), sum(cut$elevation * surface) / sum(surface), sum(surface), centres[i]))
}
