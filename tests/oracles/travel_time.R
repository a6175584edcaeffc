# Travel time by terra::costDist on small friction rasters, for tests/unit/access/travel_time_test.cpp.
# Friction of a source is 0, as costDist wants its targets. Run: Rscript tests/oracles/travel_time.R
# Made with R 4.2.2, terra 1.7-3.
suppressPackageStartupMessages(library(terra))

show <- function(name, raster, friction) {
    values(raster) <- as.vector(t(friction))
    minutes <- costDist(raster, target = 0, scale = 1, maxiter = 1000)
    cat(name, "\n")
    print(matrix(format(values(minutes), digits = 9), nrow = nrow(raster), byrow = TRUE), quote = FALSE)
}

one <- matrix(1, 5, 5)
one[3, 3] <- 0
show("unit friction, cells of 1 m", rast(nrows = 5, ncols = 5, xmin = 0, xmax = 5, ymin = 0, ymax = 5, crs = "EPSG:32642"), one)

rough <- outer(1:6, 1:7, function(i, j) ((7 * i + 3 * j * j + i * j) %% 11 + 1) / 8)
rough[2, 2] <- 0
rough[5, 6] <- 0
rough[1:4, 4] <- NA
show("rough friction with a wall, cells of 2 m, two sources",
    rast(nrows = 6, ncols = 7, xmin = 0, xmax = 14, ymin = 0, ymax = 12, crs = "EPSG:32642"), rough)
show("the same in degrees at 50 N",
    rast(nrows = 6, ncols = 7, xmin = 70, xmax = 71.4, ymin = 50, ymax = 51.2, crs = "EPSG:4326"), rough / 1000)
