# gstat_krige.R STEM ROWS ALL_ROWS   Stations of STEM_stations.csv to ROWS x 5/2 ROWS cells, a small grid for the values;
# the time is that of ALL_ROWS, as each cell takes the same.
suppressMessages({
    library(sp)
    library(gstat)
})
words <- commandArgs(TRUE)
stations <- read.csv(paste0(words[1], "_stations.csv"))
coordinates(stations) <- ~x + y
model <- vgm(psill = 80, model = "Exp", range = 300000, nugget = 20)
box <- c(0, 0, 2500000, 1000000)
cells <- function(rows) {
    side <- (box[4] - box[2]) / rows
    SpatialGrid(GridTopology(c(box[1], box[2]) + side / 2, c(side, side), c(rows * 5 / 2, rows)))
}
predict_cells <- function(rows) krige(value ~ 1, stations, cells(rows), model = model, debug.level = 0)
few <- predict_cells(20)
write.table(format(cbind(few$var1.pred, sqrt(few$var1.var)), digits = 17), paste0(words[1], "_gstat.csv"),
            sep = ",", quote = FALSE, row.names = FALSE, col.names = FALSE)
grid <- cells(as.integer(words[2]))
time <- system.time(krige(value ~ 1, stations, grid, model = model, debug.level = 0))
cat(sprintf("seconds: %.3f\n", time[["elapsed"]] * (as.numeric(words[3]) / as.numeric(words[2]))^2))
