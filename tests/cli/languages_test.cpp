// What a reader is told in Russian and Kazakh, words and numbers alike; English stays as it was.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Languages : public testing::Test {
protected:
    std::string told(std::vector<std::string> words, const std::string& language) {
        words.insert(words.end(), {"-q", "--language", language});
        const auto run = tendik_run(words);
        EXPECT_EQ(run.exit_code, 0) << run.err;
        return run.out;
    }
    std::string table(const std::string& text) { return write_text(m_folder / "synthetic_table.csv", text); }

    TemporaryFolder m_folder;
};

TEST_F(Languages, MeasureSaysNothingInEnglish) {
    const std::vector<std::string> words{
        "measure", "--table", table("code,percent,se\nKZ-ZHA,10.5,1\nKZ-AKM,20,1\nKZ-PAV,40,2\n"),
        "--key",   "code",    "--value",
        "percent", "--se",    "se",
        "--pairs", "holm",    "--allow-unmatched",
        "14"};
    const auto russian = told(words, "ru");
    EXPECT_THAT(russian,
                AllOf(HasSubstr("худший"), HasSubstr("без взвешивания"), HasSubstr("Жамбылская область"),
                      HasSubstr("10,5"), HasSubstr("в единицах показателя"),
                      HasSubstr("порядок регионов не задан"), HasSubstr("различаются пары регионов: 3 из 3"),
                      HasSubstr("против среднего"), HasSubstr("неприятие неравенства 0,5")));
    const auto kazakh = told(words, "kk");
    EXPECT_THAT(kazakh, AllOf(HasSubstr("ең нашар"), HasSubstr("салмақтаусыз"), HasSubstr("Жамбыл облысы"),
                              HasSubstr("көрсеткіш бірлігімен"), HasSubstr("өңірлердің реті берілмеген"),
                              HasSubstr("өңірлердің 3 жұбының 3 жұбы ажыратылады")));
    for (const auto& text : {russian, kazakh})
        for (const auto* word : {"unweighted", "worst", "value", "pairs of", "region", "KZ-", "points",
                                 "aversion", "no ", "above", "error", "ratio"})
            EXPECT_THAT(text, Not(HasSubstr(word))) << word;
    EXPECT_THAT(told(words, "en"), AllOf(HasSubstr("unweighted"), HasSubstr("Jambyl"), HasSubstr("10.5")));
}

TEST_F(Languages, PartsOfThePeopleHaveTheirWords) {
    const std::vector<std::string> words{
        "measure",
        "--table",
        table("code,sex,value\nKZ-ZHA,girls,30.5\nKZ-ZHA,boys,34\nKZ-AKM,girls,10\nKZ-AKM,boys,\n"
              "KZ-PAV,girls,7\nKZ-PAV,boys,9\n"),
        "--key",
        "code",
        "--value",
        "value",
        "--by",
        "sex",
        "--allow-unmatched",
        "14"};
    const auto russian = told(words, "ru");
    EXPECT_THAT(russian, AllOf(HasSubstr("value: пол, внутри каждого региона"), HasSubstr("девочки"),
                               HasSubstr("мальчики"), HasSubstr("Жамбылская область"), HasSubstr("30,5"),
                               HasSubstr("нет значения: мальчики (нет данных)")));
    EXPECT_THAT(told(words, "kk"),
                AllOf(HasSubstr("жыныс"), HasSubstr("қыздар"), HasSubstr("Жамбыл облысы")));
    EXPECT_THAT(russian, AllOf(Not(HasSubstr("girls")), Not(HasSubstr("KZ-")), Not(HasSubstr("sex"))));
    // A word that is not known stays.
    const auto own = told({"measure", "--table", table("code,caste,value\nA,x,1\nA,y,2\nB,x,3\nB,y,5\n"),
                           "--key", "code", "--value", "value", "--by", "caste"},
                          "ru");
    EXPECT_THAT(own, HasSubstr("value: caste, внутри каждого региона"));
}

TEST_F(Languages, AutocorrelationSpeaksThem) {
    std::vector<std::string> words{
        "autocorrelation", "--indicator", "poverty_below_subsistence_min", "--year", "2020",
        "--permutations",  "99"};
    EXPECT_THAT(told(words, "ru"),
                AllOf(HasSubstr("2020 год"), HasSubstr("соседи: общая граница или точка (queen), стиль W"),
                      HasSubstr("при случайности −0,0625"), HasSubstr("двустороннее"),
                      HasSubstr("закономерность не видна; при таком числе регионов (17)")));
    words.insert(words.end(), {"--statistic", "local-moran"});
    EXPECT_THAT(told(words, "kk"), AllOf(HasSubstr("көршілер: ортақ шекара не нүкте (queen)"),
                                         HasSubstr("local-moran, өңірлер: 17"), Not(HasSubstr("regions"))));
    EXPECT_THAT(
        told({"autocorrelation", "--indicator", "poverty_below_subsistence_min", "--year", "2020"}, "en"),
        HasSubstr("poverty_below_subsistence_min, 2020\nneighbours: queen contiguity, style W\n"));
}

TEST_F(Languages, TheSummaryOfARunSpeaksThem) {
    const auto text = told({"measure", "--indicator", "stunting_moderate_severe"}, "ru");
    EXPECT_THAT(text, AllOf(HasSubstr("направление изменения"), HasSubstr("с 2010-11 года"),
                            HasSubstr("сокращение"), HasSubstr("опубликовано: ")));
}

TEST_F(Languages, NumbersShowWhatCounts) {
    // 21.8 - 5.1 is 16.700000000000003 in doubles; JSON keeps that.
    const auto file = table("code,percent\nA,5.1\nB,21.8\nC,7\n");
    const std::vector<std::string> words{"measure", "--table", file, "--key", "code", "--value", "percent"};
    EXPECT_THAT(told(words, "en"), AllOf(HasSubstr(" 16.7 "), Not(HasSubstr("16.70000"))));
    EXPECT_THAT(told(words, "ru"), HasSubstr(" 16,7 "));
    auto more = words;
    more.insert(more.end(), {"--format", "json"});
    EXPECT_THAT(tendik_run(more).out, HasSubstr("16.700000000000003"));
}

}  // namespace
}  // namespace tendik::test
