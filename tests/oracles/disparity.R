# Prints the disparity measures of three small data sets by their formulas, in base R. Neither build nor tests
# run this; the figures stand in tests/unit/stats/disparity_test.cpp. The first two are those of the tests of
# R's healthequal.
# Usage: Rscript disparity.R
measures <- function(y, n) {
  p <- n / sum(n); mu <- sum(p * y); r <- y / mu
  bgv <- sum(p * (y - mu)^2)
  c(mean = mu, BGV = bgv, BGSD = sqrt(bgv), COV = 100 * sqrt(bgv) / mu, TI = 1000 * sum(p * r * log(r)),
    MLD = -1000 * sum(p * log(r)), GINI = sum(outer(p, p) * abs(outer(y, y, "-"))) / (2 * mu))
}
h5 <- measures(c(20, 30, 40, 50, 60), c(78, 91, 162, 103, 105))
h25 <- measures(
  c(61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66, 62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60),
  c(832, 931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120, 1033, 833, 1536, 1149, 410,
    1210, 858, 680, 935, 692, 781, 812))
# Stunting of children under 5 in 2015 (Bureau of National Statistics) by children 0-15 on 1 January 2020; the
# order of the units is that of the test.
stunting <- measures(
  c(2.9, 6.6, 6.3, 8.1, 7.1, 11.8, 5.4, 11.4, 10.0, 4.5, 5.5, 2.3, 7.2, 11.4, 7.4, 6.9),
  c(186927, 268474, 463505, 677809, 351925, 227571, 347006, 186332, 283057, 259177, 182016, 121546, 333409,
    799717 + 365820, 182586, 399884))
print(rbind(h5, h25, stunting), digits = 15)
