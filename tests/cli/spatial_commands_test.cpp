#include "program_run.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tendik::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::vector<std::string> poverty_2020(std::vector<std::string> more) {
    std::vector<std::string> words{"autocorrelation", "--indicator", "poverty_below_subsistence_min",
                                   "--year", "2020"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

json autocorrelated(std::vector<std::string> more) {
    more.insert(more.end(), {"--format", "json"});
    const auto called = tendik_run(poverty_2020(std::move(more)));
    EXPECT_EQ(called.exit_code, 0) << called.err;
    return json::parse(called.out);
}

TEST(AutocorrelationCommand, GivesMoranOfPovertyAsSpdepDoes) {
    const auto result = autocorrelated({"--permutations", "999"});
    EXPECT_EQ(result["schema"], "tendik.autocorrelation/1");
    EXPECT_EQ(result["n"], 17);
    // R 4.2.2, spdep 1.2-7: moran.test(x, nb2listw(read.gal("k.gal", override.id = TRUE))) of the figures in
    // poverty.csv and the neighbours that `tendik neighbours --vintage 2018 -o k.gal` writes
    EXPECT_NEAR(result["value"].get<double>(), -0.0479105860758382, 1e-12);
    EXPECT_NEAR(result["variance"].get<double>(), 0.0229905208202977, 1e-12);
    EXPECT_NEAR(result["normal"]["variance"].get<double>(), 0.0322294465625756, 1e-12);
    EXPECT_EQ(result["permutations"], 999);
    EXPECT_TRUE(result["isolates"].empty());
}

TEST(AutocorrelationCommand, GivesTheSamePAtAnyNumberOfThreads) {
    const auto of = [](const char* jobs) {
        return tendik_run(
                   poverty_2020({"--statistic", "local-moran", "--format", "csv", "--jobs", jobs, "-q"}))
            .out;
    };
    EXPECT_EQ(of("1"), of("3"));
    EXPECT_THAT(of("1"), HasSubstr("key,figure,value,z,p,p_adjusted,cluster\n"));
}

TEST(AutocorrelationCommand, PartsTheGiniCoefficientByNeighbours) {
    const auto result = autocorrelated({"--statistic", "spatial-gini", "--permutations", "999"});
    EXPECT_EQ(result["style"], "B");
    const auto& gini = result["gini"];
    EXPECT_NEAR(gini["neighbours"].get<double>() + gini["others"].get<double>(), gini["value"].get<double>(),
                1e-15);
    EXPECT_EQ(result["value"], gini["others"]);
    EXPECT_TRUE(result["p"].is_number() && result["p_permutation"].is_number());
    EXPECT_THAT(tendik_run(poverty_2020({"--statistic", "spatial-gini", "-q"})).out,
                HasSubstr("between neighbours + "));
    EXPECT_THAT(tendik_run(poverty_2020({"--statistic", "spatial-gini", "--format", "csv", "-q"})).out,
                HasSubstr("p_permutation,n,gini,neighbours,others,others_share,polarisation\n"));
    const auto scaled = tendik_run(poverty_2020({"--statistic", "spatial-gini", "--style", "W"}));
    EXPECT_EQ(scaled.exit_code, 2);
    EXPECT_THAT(scaled.err, HasSubstr("use style B"));
}

TEST(AutocorrelationCommand, SaysInWordsHowLittleSeventeenRegionsCanShow) {
    const auto called = tendik_run(poverty_2020({"-q"}));
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.out, HasSubstr("no pattern is shown; with 17 regions only an I of"));
}

TEST(AutocorrelationCommand, WritesDistancesAndSmallChancesForPeople) {
    const auto far = tendik_run(poverty_2020({"--weights", "band:2500km", "--permutations", "0", "-q"}));
    EXPECT_THAT(far.out, HasSubstr("within 2500 km"));
    EXPECT_THAT(tendik_run(poverty_2020({"--weights", "band:100000m", "--permutations", "0", "-q"})).out,
                HasSubstr("within 100 km"));
    // The band that every region needs, to a metre.
    EXPECT_THAT(tendik_run(poverty_2020({"--weights", "band", "--permutations", "0", "-q"})).out,
                testing::ContainsRegex("within [0-9]+\\.[0-9][0-9]?[0-9]? km"));
    // Two ends of a row of sixteen squares: z of Moran's I is far beyond 4.
    const TemporaryFolder folder;
    std::string table = "code,value\n";
    std::string map = R"({"type":"FeatureCollection","features":[)";
    for (int i = 0; i < 40; ++i) {
        table += fmt::format("R{},{}\n", i, i < 20 ? 1 : 9);
        map +=
            fmt::format(R"({}{{"type":"Feature","properties":{{"code":"R{}"}},"geometry":{{"type":"Polygon",)"
                        R"("coordinates":[[[{},0],[{},0],[{},1],[{},1],[{},0]]]}}}})",
                        i > 0 ? "," : "", i, i, i + 1, i + 1, i, i);
    }
    const auto called =
        tendik_run({"autocorrelation", "--boundaries", write_text(folder / "row.geojson", map + "]}"),
                    "--key", "code", "--table", write_text(folder / "row.csv", table), "--table-key", "code",
                    "--value", "value", "--permutations", "0", "-q"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, testing::AllOf(HasSubstr(", p < 0.0001 ("), testing::Not(HasSubstr("= <"))));
}

TEST(AutocorrelationCommand, SaysWhyJoinsAreHalves) {
    const auto of = [](const char* weights) {
        return tendik_run(
                   poverty_2020({"--statistic", "join-count", "--cut", "5", "--weights", weights, "-q"}))
            .out;
    };
    EXPECT_THAT(of("knn:3"), HasSubstr("one-sided"));
    EXPECT_THAT(of("queen"), testing::Not(HasSubstr("one-sided")));
}

TEST(AutocorrelationCommand, EveryStatisticIsDone) {
    for (const auto* statistic :
         {"moran", "geary", "g", "local-moran", "local-geary", "gi", "gistar", "losh"})
        EXPECT_EQ(autocorrelated({"--statistic", statistic, "--permutations", "99"})["statistic"], statistic);
    for (const auto* statistic : {"join-count", "local-join-count"})
        EXPECT_EQ(
            autocorrelated({"--statistic", statistic, "--cut", "5", "--permutations", "99"})["statistic"],
            statistic);
    for (const auto* statistic : {"lee", "bivariate-moran"})
        EXPECT_EQ(autocorrelated({"--statistic", statistic, "--with", "neet_15_24", "--permutations",
                                  "99"})["statistic"],
                  statistic);
}

TEST(AutocorrelationCommand, GivesWhatPysalPrintsByName) {
    const auto own = autocorrelated({"--permutations", "999"});
    const auto theirs = autocorrelated({"--permutations", "999", "--compat", "pysal"});
    EXPECT_EQ(own["compat"], "none");
    EXPECT_EQ(theirs["compat"], "pysal");
    EXPECT_EQ(theirs["value"], own["value"]);
    EXPECT_DOUBLE_EQ(theirs["p_permutation"].get<double>(), own["p_permutation"].get<double>() / 2.0);
    const auto text = tendik_run(poverty_2020({"--compat", "pysal", "-q"})).out;
    EXPECT_THAT(text, HasSubstr("p and scale as PySAL has them"));
    EXPECT_THAT(text, HasSubstr("permutations, the smaller tail)"));
}

TEST(AutocorrelationCommand, TakesGraphsOverPlacesAndGravity) {
    EXPECT_EQ(autocorrelated({"--weights", "delaunay", "--permutations", "99"})["weights"],
              "Delaunay triangulation of label points on the sphere");
    EXPECT_EQ(autocorrelated({"--weights", "gabriel", "--permutations", "99"})["weights"],
              "Gabriel graph of label points on the sphere");
    EXPECT_EQ(autocorrelated({"--weights", "relative-neighbour", "--permutations", "99"})["weights"],
              "relative neighbours of label points on the sphere");
    // Of the people that poverty speaks of.
    EXPECT_EQ(autocorrelated({"--weights", "gravity:2", "--permutations", "99"})["weights"],
              "gravity of people over distance to the power of 2");
}

TEST(AutocorrelationCommand, WarnsOfRegionsWithoutANeighbour) {
    const auto called = tendik_run(poverty_2020({"--weights", "band:250km"}));
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_THAT(called.err, HasSubstr("[isolate]"));
    EXPECT_THAT(called.err, HasSubstr("KZ-MAN"));
}

struct Refusal {
    std::vector<std::string> words;
    std::string message;
    int exit_code = 2;
};

TEST(AutocorrelationCommand, RefusesWhatItCannotDo) {
    const std::vector<Refusal> refusals{
        {{"--weights", "neighbourly"}, "weights 'neighbourly': not understood"},
        {{"--weights", "knn:17"}, "17 nearest of 17 regions"},
        {{"--weights", "band:150"}, "the distance '150' has no unit"},
        {{"--weights", "kernel:square:5"}, "'square' is no kernel"},
        {{"--weights", "knn:4", "--snap", "1"}, "a snap does not act on weights 'knn:4'"},
        {{"--weights", "gravity"}, "weights 'gravity': not understood"},
        {{"--weights", "gravity:0"}, "'0' is no power of the distance"},
        {{"--statistic", "losh", "--compat", "pysal"}, "PySAL tests 'losh' against a chi-square"},
        {{"--cut", "5"}, "a cut does not act on 'moran'"},
        {{"--statistic", "join-count"}, "13 different values"},
        {{"--statistic", "lee"}, "a statistic of two indicators"},
        {{"--with", "neet_15_24"}, "a statistic of one indicator"},
        {{"--statistic", "g", "--style", "W"}, "G wants weights of style B"},
        {{"--statistic", "morant"}, "morant"},
        {{"--weights", "absent.gal"}, "absent.gal: no such file", 1},
    };
    for (const auto& [words, message, exit_code] : refusals) {
        const auto called = tendik_run(poverty_2020(words));
        EXPECT_EQ(called.exit_code, exit_code) << message;
        EXPECT_THAT(called.err, HasSubstr(message));
        EXPECT_EQ(called.out, "");
    }
}

class NeighboursCommand : public testing::Test {
protected:
    std::string squares() { return write_text(m_folder / "squares.geojson", four_squares()); }
    TemporaryFolder m_folder;
};

TEST_F(NeighboursCommand, PrintsWhoBordersOnWhom) {
    const auto called = tendik_run({"neighbours", "--boundaries", squares(), "--key", "code"});
    EXPECT_EQ(called.exit_code, 0);
    EXPECT_EQ(called.err, "");
    // Four squares in a row: two ends with one neighbour, two with two.
    EXPECT_EQ(called.out,
              "A: B\nB: A C\nC: B D\nD: C\n"
              "queen contiguity: 6 links between 4 regions, 0 without a neighbour, 1 parts\n");
}

TEST_F(NeighboursCommand, LinksPlacesInARowToTheNext) {
    const auto links = [this](const std::string& weights) {
        return tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "--weights", weights})
            .out;
    };
    EXPECT_THAT(links("gabriel"), HasSubstr("A: B\nB: A C\nC: B D\nD: C\n"));
    EXPECT_THAT(links("relative-neighbour"), HasSubstr("A: B\nB: A C\nC: B D\nD: C\n"));
    // A parallel is no straight line on the sphere: its places are the corners of a flat quadrangle, whose
    // sides and one diagonal are links.
    EXPECT_THAT(links("delaunay"), HasSubstr("10 links"));
}

TEST_F(NeighboursCommand, MakesGravityOfPeople) {
    const auto table = write_text(m_folder / "people.csv", "code,people\nA,2\nB,3\nC,5\nD,7\n");
    const auto file = (m_folder / "w.gwt").string();
    const auto called =
        tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "--weights", "gravity:2",
                    "--table", table, "--table-key", "code", "--weight", "people", "-o", file});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    // The middles lie one, two and three steps apart: A to B 2 * 3 / 1, A to D 2 * 7 / 9.
    const auto weight_of = [&](const std::string& pair) {
        for (const auto& line : split(read_file(file), '\n'))
            if (line.starts_with(pair + " ")) return *parse_number(line.substr(pair.size() + 1));
        return 0.0;
    };
    EXPECT_NEAR(weight_of("A B") / weight_of("A D"), 27.0 / 7.0, 1e-3);
    const auto builtin = tendik_run({"neighbours", "--weights", "gravity:1", "--indicator",
                                     "poverty_below_subsistence_min", "--year", "2020"});
    EXPECT_THAT(builtin.out, HasSubstr("272 links between 17 regions")) << builtin.err;
}

TEST_F(NeighboursCommand, JoinsThatCannotBeTestedSayWhy) {
    const auto note_of = [this](const std::string& rows) {
        const auto table = write_text(m_folder / "figures.csv", "code,y\n" + rows);
        const auto called = tendik_run({"autocorrelation",
                                        "--boundaries",
                                        squares(),
                                        "--key",
                                        "code",
                                        "--table",
                                        table,
                                        "--table-key",
                                        "code",
                                        "--value",
                                        "y",
                                        "--value-kind",
                                        "rate",
                                        "--statistic",
                                        "join-count",
                                        "--cut",
                                        "5",
                                        "--permutations",
                                        "9",
                                        "--format",
                                        "json",
                                        "-q"});
        EXPECT_EQ(called.exit_code, 0) << called.err;
        return json::parse(called.out)["note"];
    };
    EXPECT_EQ(note_of("A,1\nB,9\nC,1\nD,9\n"), nullptr);
    EXPECT_EQ(note_of("A,1\nB,2\nC,1\nD,2\n"), "all regions are of one class");
    EXPECT_EQ(note_of("A,1\nB,\nC,9\nD,9\n"), "fewer than four regions with neighbours");
}

TEST_F(NeighboursCommand, AKernelOfANumberAloneReachesAsManyRegions) {
    const std::string collection = R"("type":"FeatureCollection",)";
    auto metres = four_squares();
    const auto place = metres.find(collection);
    ASSERT_NE(place, std::string::npos);
    metres.insert(place + collection.size(),
                  R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32642"}},)");
    // On plane coordinates it was a bandwidth of two metres, and B reached D: 10 links. Middles are one
    // apart.
    for (const auto& text : {metres, four_squares()}) {
        const auto file = write_text(m_folder / "map.geojson", text);
        const auto called = tendik_run(
            {"neighbours", "--boundaries", file, "--key", "code", "--weights", "kernel:uniform:2"});
        EXPECT_THAT(called.out, HasSubstr("uniform kernel, as wide as to the 2 nearest: 8 links"))
            << called.err;
        const auto many = tendik_run(
            {"neighbours", "--boundaries", file, "--key", "code", "--weights", "kernel:uniform:4"});
        EXPECT_EQ(many.exit_code, 2);
        EXPECT_THAT(many.err, HasSubstr("4 nearest of 4 regions"));
    }
}

TEST_F(NeighboursCommand, RefusesGravityWithoutPeopleAndPeopleWithoutGravity) {
    const auto without =
        tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "--weights", "gravity:2"});
    EXPECT_EQ(without.exit_code, 2);
    EXPECT_THAT(without.err, HasSubstr("weights 'gravity:2' are made of people, and no people are given"));
    const auto table = write_text(m_folder / "people.csv", "code,people\nA,2\nB,3\nC,5\nD,7\n");
    const auto idle =
        tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "--table", table});
    EXPECT_EQ(idle.exit_code, 2);
    EXPECT_THAT(idle.err, HasSubstr("weights 'queen' take no people"));
}

TEST_F(NeighboursCommand, KnowsThatTheCitiesOfKazakhstanLieInsideTheirOblasts) {
    const auto called = tendik_run({"neighbours", "--vintage", "2018"});
    EXPECT_THAT(called.out, HasSubstr("KZ-AST: KZ-AKM\n"));
    EXPECT_THAT(called.out, HasSubstr("KZ-ALA: KZ-ALM\n"));
    EXPECT_THAT(called.out, HasSubstr("KZ-SHY: KZ-YUZ@2018\n"));
}

TEST_F(NeighboursCommand, WritesWeightsThatItReadsBack) {
    for (const auto* name : {"w.gal", "w.gwt", "w.json"}) {
        const auto file = (m_folder / name).string();
        EXPECT_EQ(
            tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "-o", file}).exit_code, 0);
        const auto back =
            tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "--weights", file});
        EXPECT_THAT(back.out, HasSubstr("A: B\nB: A C\n")) << name << back.err;
    }
}

TEST_F(NeighboursCommand, RefusesWeightsOfAnotherLayer) {
    const auto file = (m_folder / "w.gal").string();
    EXPECT_EQ(tendik_run({"neighbours", "--vintage", "2018", "-o", file}).exit_code, 0);
    const auto called =
        tendik_run({"neighbours", "--boundaries", squares(), "--key", "code", "--weights", file});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, HasSubstr("speaks of 17 regions, the boundaries have 4"));
}

TEST_F(NeighboursCommand, RefusesAnotherEnding) {
    const auto called = tendik_run(
        {"neighbours", "--boundaries", squares(), "--key", "code", "-o", (m_folder / "w.txt").string()});
    EXPECT_EQ(called.exit_code, 2);
    EXPECT_THAT(called.err, HasSubstr("no ending for weights"));
}

}  // namespace
}  // namespace tendik::test
