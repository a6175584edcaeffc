# terra_cost.R FOLDER   costDist over FOLDER/land.bil from FOLDER/land.csv.
suppressMessages(library(terra))
folder <- commandArgs(TRUE)[1]
land <- rast(file.path(folder, "land.bil")) + 0
places <- read.csv(file.path(folder, "land.csv"), header = FALSE)
land[cellFromXY(land, as.matrix(places))] <- 0
time <- system.time(costDist(land, target = 0, maxiter = 50))
cat(sprintf("seconds: %.3f\n", time[["elapsed"]]))
