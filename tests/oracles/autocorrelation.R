# Crime in 49 neighbourhoods of Columbus, Ohio, 1980 (Anselin 1988; data set columbus of the R package spData,
# CC0): values, neighbours and the statistics that spdep finds. Writes columbus.csv, columbus_queen.gal,
# columbus_rook.gal and prints the figures of tests/unit/spatial. Neither build nor tests run this.
# Debian 12: r-cran-spdep 1.2-7, r-cran-spdata 2.2.1. Usage: Rscript autocorrelation.R
suppressMessages({library(spdep); library(spData); library(sf)})
options(digits = 15)
map <- st_read(system.file("shapes/columbus.shp", package = "spData"), quiet = TRUE)
xy <- suppressWarnings(st_coordinates(st_centroid(st_geometry(map))))
write.csv(data.frame(key = map$POLYID, crime = map$CRIME, hoval = map$HOVAL, x = xy[, 1], y = xy[, 2]),
  "columbus.csv", row.names = FALSE, quote = FALSE)
key <- as.character(map$POLYID)
queen <- poly2nb(map, row.names = key); rook <- poly2nb(map, row.names = key, queen = FALSE)
write.nb.gal(queen, "columbus_queen.gal"); write.nb.gal(rook, "columbus_rook.gal")
qw <- nb2listw(queen); qb <- nb2listw(queen, style = "B"); rw <- nb2listw(rook); rb <- nb2listw(rook, style = "B")
x <- map$CRIME
cat("links", sum(card(rook)), sum(card(queen)), "\n")
for (lw in list(rw, rb, qw, qb)) { m <- moran.test(x, lw); n <- moran.test(x, lw, randomisation = FALSE)
  print(c(m$estimate, z = m$statistic, normal = n$estimate[3], zn = n$statistic, p = m$p.value)) }
for (lw in list(rw, qw)) { m <- geary.test(x, lw); n <- geary.test(x, lw, randomisation = FALSE)
  print(c(m$estimate, z = m$statistic, normal = n$estimate[3])) }
for (lw in list(rb, qb)) { m <- globalG.test(x, lw); print(c(m$estimate, z = m$statistic)) }
for (s in c("W", "B", "C", "U", "S")) { m <- moran.test(x, nb2listw(queen, style = s)); print(c(s, m$estimate)) }
f <- cut(x, c(0, 35, 80), labels = c("low", "high")); print(joincount.multi(f, qb))
print(lee(x, map$HOVAL, qw, 49)$L)
print(head(localmoran(x, qw), 5)); print(sum(localmoran(x, qw)[, 1]))
print(head(localG(x, qb), 5)); print(head(localG(x, nb2listw(include.self(queen), style = "B")), 5))
print(head(localC(x, qw), 5)); print(head(LOSH(x, qw)[, "Hi"], 5))
k4 <- knn2nb(knearneigh(xy, 4)); print(moran.test(x, nb2listw(k4))$estimate[1])
d <- max(unlist(nbdists(knn2nb(knearneigh(xy, 1)), xy))); print(d)
band <- dnearneigh(xy, 0, d); print(sum(card(band))); print(moran.test(x, nb2listw(band))$estimate[1])
o2 <- nblag(queen, 3); print(c(sum(card(o2[[2]])), sum(card(o2[[3]])), sum(card(nblag_cumul(o2)))))
p <- localmoran(x, qw)[, 5]; print(c(sum(p < .05), sum(p.adjust(p, "BH") < .05), sum(p.adjust(p, "holm") < .05)))
# Bivariate: Lee's L of the package; Moran of standardised values x against the lag of y.
z <- function(v) (v - mean(v)) / sqrt(sum((v - mean(v))^2) / length(v))
print(c(bv = sum(z(x) * lag.listw(qw, z(map$HOVAL))) / Szero(qw)))
# Empirical Bayes: counts and populations made of the same table, so that the test needs no second file.
n <- round(1000 + 100 * map$HOVAL); o <- round(n * map$CRIME / 1000)
eb <- EBImoran.mc(o, n, qw, nsim = 99); print(c(EBI = unname(eb$statistic)))
set.seed(1); print(moran.mc(x, qw, nsim = 9999)$p.value)
