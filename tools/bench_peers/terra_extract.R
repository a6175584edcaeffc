# terra_extract.R RASTER REGIONS KEY TABLE   All cells with their shares, then sum, mean and max of each region.
suppressMessages(library(terra))
words <- commandArgs(TRUE)
raster <- rast(words[1])
regions <- vect(words[2])
table <- data.frame(key = values(regions)[[words[3]]])
names(table) <- words[3]
time <- system.time({
    cells <- extract(raster, regions, exact = TRUE)
    region <- factor(cells[[1]], seq_len(nrow(regions)))
    sums <- rowsum(cbind(cells[[2]] * cells$fraction, cells$fraction), region)
    table$sum <- sums[, 1]
    table$mean <- sums[, 1] / sums[, 2]
    table$max <- as.vector(tapply(cells[[2]], region, max))
})
write.csv(format(table, digits = 17, trim = TRUE), words[4], row.names = FALSE, quote = FALSE)
cat(sprintf("seconds: %.3f\n", time[["elapsed"]]))
