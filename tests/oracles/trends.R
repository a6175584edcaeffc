# R 4.2.2. What tests/unit/trends and tests/unit/base/linear_algebra_test.cpp hold: straight lines, sigma and beta
# convergence, average annual rates of change. Rscript trends.R
options(digits = 15)
year <- c(2010, 2012, 2013, 2017, 2018)
y <- c(9.5, 9.1, 8.2, 6.9, 7.1)
fit <- summary(lm(y ~ year))
cat("line", fit$coefficients[, 1], fit$coefficients[2, 2:4], fit$r.squared, "\n")
# four regions (rows) in three years
v <- rbind(c(20, 16, 13), c(10, 9, 8.5), c(5, 5, 4.6), c(40, 30, 22))
t <- c(2010, 2014, 2018)
spread <- apply(log(v), 2, sd)
cat("spread", spread, "\n")
s <- summary(lm(spread ~ t))$coefficients
cat("sigma", s[2, ], "\n")
growth <- log(v[, 3] / v[, 1]) / 8
b <- summary(lm(growth ~ log(v[, 1])))$coefficients
cat("beta", b[2, ], "half-life", log(2) / (-log(1 + b[2, 1] * 8) / 8), "\n")
cat("pace", 100 * (exp(apply(log(v), 1, function(x) coef(lm(x ~ t))[2])) - 1), "\n")
cat("change", 2 * pnorm(-abs((4.2 - 6.0) / sqrt(0.5^2 + 0.7^2))), (4.2 - 6.0) / sqrt(0.5^2 + 0.7^2), "\n")
cat("needed", 100 * ((5 / 13)^(1 / 12) - 1), "projected", 13 * exp(12 * coef(lm(log(v[1, ]) ~ t))[2]), "\n")
