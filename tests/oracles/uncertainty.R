# Errors of disparity measures by their formulas, in base R, for tests/unit/stats. Neither build nor tests run
# this. Usage: Rscript uncertainty.R
n5 <- c(78, 91, 162, 103, 105); y5 <- c(20, 30, 40, 50, 60); s5 <- c(5, 7, 10, 12, 14)
n25 <- c(832, 931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120, 1033, 833, 1536, 1149, 410,
  1210, 858, 680, 935, 692, 781, 812)
y25 <- c(61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66, 62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60)
s25 <- c(5, 3, 3, 3, 4, 9, 2, 2, 2, 5, 5, 7, 5, 6, 4, 5, 6, 6, 9, 4, 3, 4, 1, 3, 7)
p <- n25 / sum(n25); mu <- sum(p * y25); r <- y25 / mu
A <- sum(p * r * (1 + log(r)))
print(c(BGV = sqrt(4 * sum(p^2 * s25^2 * (y25 - mu)^2) +
                   2 * (sum(p^2 * s25^2)^2 - sum(p^4 * s25^4) + sum(p^2 * (1 - p)^2 * s25^4))),
        TI = 1000 * sqrt(sum(p^2 * s25^2 / mu^2 * (1 + log(r) - A)^2)),
        MLD = 1000 * sqrt(sum(p^2 * s25^2 / mu^2 * (1 - 1 / r)^2))), digits = 12)

# Along the order of the five groups. Delta method by numerical derivatives.
p <- n5 / sum(n5); X <- cumsum(p) - p / 2
measures <- function(y) {
  mu <- sum(p * y); aci <- sum(p * (2 * X - 1) * y)
  fit <- suppressWarnings(glm(y / 100 ~ X, weights = n5, family = quasibinomial,
                              control = glm.control(epsilon = 1e-14, maxit = 100)))
  ends <- plogis(coef(fit)[1] + coef(fit)[2] * 0:1)
  line <- lm(y ~ X, weights = n5); low <- coef(line)[[1]]; high <- sum(coef(line))
  c(ACI = aci, RCI = aci / mu, WAGSTAFF = aci / mu / (1 - mu / 100), ERREYGERS = 4 * aci / 100,
    SII = 100 * (ends[[2]] - ends[[1]]), lnRII = log(ends[[2]] / ends[[1]]), SII_line = high - low,
    lnRII_line = log(high / low))
}
slope <- sapply(seq_along(y5), function(k) {
  h <- 1e-3; up <- y5; up[k] <- up[k] + h; down <- y5; down[k] <- down[k] - h
  (measures(up) - measures(down)) / (2 * h)
})
print(rbind(value = measures(y5), se = sqrt(drop(slope^2 %*% s5^2))), digits = 12)

# The people of a group stand one after the other: the integral of nu (1 - R)^(nu - 1) over each group.
R <- c(0, cumsum(p))
print(c(SGINI_3 = 1 - sum(y5 * ((1 - R[1:5])^3 - (1 - R[2:6])^3)) / sum(p * y5)), digits = 15)

# Dispersion of the five groups.
mu <- sum(p * y5); r <- y5 / mu
lorenz <- approxfun(c(0, cumsum(p)), c(0, cumsum(p * r)))
gini <- function(y, n) { p <- n / sum(n); sum(outer(p, p) * abs(outer(y, y, "-"))) / (2 * sum(p * y)) }
left <- sapply(1:5, function(k) gini(y5[-k], n5[-k]))
print(c(GE_1 = (sum(p / r) - 1) / 2, GE2 = (sum(p * r^2) - 1) / 2, ATKINSON_05 = 1 - sum(p * sqrt(r))^2,
        ATKINSON_1 = 1 - exp(sum(p * log(r))), ATKINSON_2 = 1 - 1 / sum(p / r), HOOVER = sum(p * abs(r - 1)) / 2,
        PALMA = (1 - lorenz(0.9)) / lorenz(0.4), KOLM_1 = log(sum(p * exp(mu - y5))),
        KOLM_01 = log(sum(p * exp(0.1 * (mu - y5)))) / 0.1,
        WILLIAMSON = sqrt(sum(p * (y5 - mu)^2)) / mu,
        WOLFSON = 2 * (2 * (0.5 - lorenz(0.5)) - gini(y5, n5)) / (40 / mu),
        GINI_jackknife = sqrt(4 / 5 * sum((left - mean(left))^2))), digits = 12)
