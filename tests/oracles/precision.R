# Intervals, pairs and classes of uncertain figures by their formulas, in base R, for tests/unit/precision. Neither
# build nor tests run this. Usage: Rscript precision.R
show <- function(x) print(x, digits = 15)
z <- qnorm(0.975)

# Wilson without continuity correction: prop.test has it for whole cases; with a design effect by its formula.
show(t(sapply(list(c(81, 263), c(15, 148), c(0, 20), c(1, 29), c(20, 20)),
              function(x) prop.test(x[1], x[2], correct = FALSE)$conf.int)))
wilson <- function(p, n) {
  centre <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  c(centre - half, centre + half)
}
show(wilson(0.123, 412 / 1.7)); show(wilson(0, 60 / 1.5)); show(wilson(0.035, 0.035 * 0.965 / 0.013^2))
# Logit: the error of the logarithm of the odds is 1 / sqrt(n p (1 - p)).
logit <- function(p, n) plogis(qlogis(p) + c(-1, 1) * z / sqrt(n * p * (1 - p)))
show(logit(0.123, 412 / 1.7)); show(logit(0.035, 0.035 * 0.965 / 0.013^2))
show(c(se = sqrt(0.123 * 0.877 * 1.7 / 412), se_of_zero = diff(wilson(0, 60 / 1.5)) / (2 * z)))

# Garwood: poisson.test gives the exact interval of a count; by qgamma it is the same.
for (x in c(0, 1, 7, 120)) show(c(x, poisson.test(x)$conf.int, qgamma(0.025, x), qgamma(0.975, x + 1)))
# Fay & Feuer 1997: a weighted sum of counts.
x <- c(3, 8, 21); w <- c(0.4, 0.25, 0.1) / 1000; y <- sum(w * x); v <- sum(w^2 * x); m <- max(w)
show(c(y, v, qchisq(0.025, 2 * y^2 / v) * v / (2 * y),
       qchisq(0.975, 2 * (y + m)^2 / (v + m^2)) * (v + m^2) / (2 * (y + m))))
show(qgamma(c(1e-6, 0.025, 0.5, 0.975, 0.999999), 0.3)); show(qgamma(c(0.025, 0.975), 2500)); show(pgamma(3, 2.5))
show(c(pgamma(1e-3, 0.1), pgamma(40, 30), pgamma(200, 300), qgamma(0.975, 1e6)))

# All pairs of the five groups of H5.
y5 <- c(20, 30, 40, 50, 60); s5 <- c(5, 7, 10, 12, 14)
pairs <- combn(5, 2)
zed <- (y5[pairs[1, ]] - y5[pairs[2, ]]) / sqrt(s5[pairs[1, ]]^2 + s5[pairs[2, ]]^2)
p <- 2 * pnorm(-abs(zed))
show(rbind(pairs, z = zed, p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH")))

# The class that a region belongs to: breaks 15, 25, 45, 65, the outer ones open.
breaks <- c(-Inf, 25, 45, Inf)
show(t(sapply(1:5, function(j) diff(pnorm((breaks - y5[j]) / s5[j])))))
