# Variograms, kriging, inverse distance and leave-one-out by gstat, for tests/unit/surface. The points are
# drawn here (a Gaussian field with an exponential variogram), so that no foreign data is needed.
# Run in tests/oracles: Rscript kriging.R ; it writes the tables kriging_*.csv beside it.
# Made with R 4.2.2, gstat 2.1-0, sp 1.6-0.
suppressPackageStartupMessages({library(sp); library(gstat)})

write_table <- function(frame, name) {
    number <- vapply(frame, is.numeric, TRUE)
    frame[number] <- lapply(frame[number], function(column) sprintf("%.15g", column))
    write.csv(frame, name, row.names = FALSE, quote = FALSE)
}

set.seed(5)
points <- data.frame(x = round(runif(80, 0, 10000), 1), y = round(runif(80, 0, 8000), 1))
field <- points
coordinates(field) <- ~x + y
drawn <- krige(z ~ 1, locations = NULL, newdata = field, dummy = TRUE, beta = 20,
               model = vgm(25, "Exp", 2500, 10), nsim = 1, nmax = 79, debug.level = 0)
points$z <- round(drawn$sim1, 4)
write_table(points, "kriging_points.csv")
stations <- points
coordinates(stations) <- ~x + y

bins <- variogram(z ~ 1, stations)
write_table(bins[, c("np", "dist", "gamma")], "kriging_bins.csv")

starts <- list(spherical = vgm(25, "Sph", 4000, 4), exponential = vgm(25, "Exp", 1500, 4),
               gaussian = vgm(25, "Gau", 2000, 4), matern = vgm(25, "Mat", 1000, 4, kappa = 1.5))
fits <- do.call(rbind, lapply(names(starts), function(name) {
    fit <- starts[[name]]
    for (i in 1:20) fit <- fit.variogram(bins, fit, fit.method = 7)  # until it stands still
    data.frame(model = name, nugget = fit$psill[1], sill = fit$psill[2], range_m = fit$range[2],
               squares = attr(fit, "SSErr"))
}))
write_table(fits, "kriging_fits.csv")

targets <- data.frame(x = c(5000, 100, 9900, 3333.3, 12000, points$x[7], 7000.5, 2500),
                      y = c(4000, 100, 7900, 6666.6, -2000, points$y[7], 1234.5, 2500))
coordinates(targets) <- ~x + y
models <- list(spherical = vgm(25, "Sph", 4000, 4), exponential = vgm(25, "Exp", 1500, 4),
               gaussian = vgm(25, "Gau", 1500, 4), matern = vgm(25, "Mat", 1000, 4, kappa = 1.5),
               # of the nugget of 4, 3 are error of measurement: filtered
               filtered = vgm(3, "Err", 0, add.to = vgm(25, "Sph", 4000, 1)))
predictions <- do.call(rbind, lapply(names(models), function(name) {
    out <- krige(z ~ 1, stations, targets, models[[name]], debug.level = 0)
    data.frame(model = name, x = coordinates(targets)[, 1], y = coordinates(targets)[, 2],
               value = out$var1.pred, variance = out$var1.var)
}))
idw2 <- idw(z ~ 1, stations, targets, idp = 2, debug.level = 0)
idw3 <- idw(z ~ 1, stations, targets, idp = 3, debug.level = 0)
predictions <- rbind(predictions,
    data.frame(model = "idw2", x = coordinates(targets)[, 1], y = coordinates(targets)[, 2],
               value = idw2$var1.pred, variance = 0),
    data.frame(model = "idw3", x = coordinates(targets)[, 1], y = coordinates(targets)[, 2],
               value = idw3$var1.pred, variance = 0))
write_table(predictions, "kriging_predictions.csv")

loo <- krige.cv(z ~ 1, stations, models$spherical, nfold = nrow(points), verbose = FALSE, debug.level = 0)
loo_idw <- krige.cv(z ~ 1, stations, nfold = nrow(points), verbose = FALSE, debug.level = 0, set = list(idp = 2))
write_table(data.frame(residual = loo$residual, z = loo$zscore, idw_residual = loo_idw$residual), "kriging_left_out.csv")

# Degrees: gstat measures on an ellipsoid in km (sp's formula is of first order in the flattening).
degrees <- data.frame(lon = 60 + points$x / 1000, lat = 44 + points$y / 1000, z = points$z)
coordinates(degrees) <- ~lon + lat
proj4string(degrees) <- CRS("+proj=longlat +datum=WGS84")
places <- data.frame(lon = c(65, 61.5, 69.25), lat = c(48, 45.25, 51))
coordinates(places) <- ~lon + lat
proj4string(places) <- CRS("+proj=longlat +datum=WGS84")
out <- krige(z ~ 1, degrees, places, vgm(25, "Exp", 150, 4), debug.level = 0)
write_table(data.frame(lon = coordinates(places)[, 1], lat = coordinates(places)[, 2], value = out$var1.pred,
                       variance = out$var1.var), "kriging_degrees.csv")
