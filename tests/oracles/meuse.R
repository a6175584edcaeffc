# The meuse data of Debian's r-cran-sp, for the test that reads them where R is (label needs-r): Rscript meuse.R OUT.csv
# They are not kept here because the package states no licence for the data alone.
suppressPackageStartupMessages(library(sp))
data(meuse)
write.csv(data.frame(x = meuse$x, y = meuse$y, log_zinc = sprintf("%.17g", log(meuse$zinc))),
          commandArgs(trailingOnly = TRUE)[1], row.names = FALSE, quote = FALSE)
