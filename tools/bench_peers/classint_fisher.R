# classint_fisher.R FOLDER   Seven classes of FOLDER/skewed.csv by Fisher, exact: classInt takes a sample of more than
# 3,000 values unless it is told that they are not many. Writes FOLDER/classint_breaks.csv.
suppressMessages(library(classInt))
folder <- commandArgs(TRUE)[1]
values <- scan(file.path(folder, "skewed.csv"), quiet = TRUE)
time <- system.time(found <- classIntervals(values, 7, style = "fisher", largeN = length(values) + 1))
writeLines(format(found$brks, digits = 17, trim = TRUE), file.path(folder, "classint_breaks.csv"))
cat(sprintf("seconds: %.3f\n", time[["elapsed"]]))
