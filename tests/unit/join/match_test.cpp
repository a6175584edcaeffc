#include "tendik/join/match.h"

#include "tendik/tables/read_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class MatchUnit : public testing::Test {
protected:
    std::vector<std::string> ids(std::string_view text, std::string_view vintage = "") {
        std::vector<std::string> found;
        for (const auto* unit : join::match_unit(reg, text, vintage).units)
            found.push_back(unit->unit_id);
        return found;
    }
    Findings of_register;
    Register reg = tables::read_register(TENDIK_SOURCE_DIR "/geodata/kazakhstan/regions.csv", of_register);
};

TEST_F(MatchUnit, KnowsEveryCodeSystem) {
    EXPECT_THAT(ids("KZ-YUZ@2018"), ElementsAre("KZ-YUZ@2018"));
    EXPECT_THAT(ids("kz-akm"), ElementsAre("KZ-AKM"));
    EXPECT_THAT(ids("KZ-61"), ElementsAre("KZ-YUZ@2018"));
    EXPECT_THAT(ids("KZ61"), ElementsAre("KZ-YUZ@2018"));
    EXPECT_THAT(ids("610000000"), ElementsAre("KZ-YUZ@2018"));
    EXPECT_THAT(ids("61"), ElementsAre("KZ-YUZ@2018"));
    EXPECT_THAT(ids("51"), ElementsAre("KZ-YUZ@1997"));
    EXPECT_THAT(ids("510000000"), ElementsAre("KZ-YUZ@1997"));
    EXPECT_THAT(ids("611600000"), IsEmpty());  // a city inside of Turkistan, not the oblast
    EXPECT_EQ(join::match_unit(reg, "610000000", "").why, "KATO");
    EXPECT_EQ(join::match_unit(reg, "KZ-61", "").why, "ISO numeric code");
}

TEST_F(MatchUnit, LeavesACodeOfTwoVintagesAmbiguousUntilOneIsNamed) {
    EXPECT_THAT(ids("KZ-YUZ"), ElementsAre("KZ-YUZ@1997", "KZ-YUZ@2018"));
    EXPECT_THAT(ids("KZ-YUZ", "pre-2018"), ElementsAre("KZ-YUZ@1997"));
    EXPECT_THAT(ids("KZ-YUZ", "2018"), ElementsAre("KZ-YUZ@2018"));
}

TEST_F(MatchUnit, FindsEveryNameOfTheRegisterInItsVintage) {
    for (const auto& entry : reg.entries) {
        for (const auto& name : {entry.name.en, entry.name.ru, entry.name.kk})
            EXPECT_THAT(ids(name, entry.vintages.front()), ElementsAre(entry.unit_id)) << name;
        for (const auto& name : entry.variants)
            EXPECT_THAT(ids(name, entry.vintages.front()), Contains(entry.unit_id)) << name;
    }
}

TEST_F(MatchUnit, LeavesBareAlmatyAmbiguous) {
    for (const auto* name : {"Almaty", "Алматы", "АЛМАТЫ", "almaty "})
        EXPECT_THAT(ids(name), ElementsAre("KZ-ALA", "KZ-ALM")) << name;
    for (const auto* name : {"Алматинская", "Алматинская область", "Алматинская обл.", "Almaty oblast",
                             "Almaty Region", "Алматы облысы", "Алматы обл", "область Алматы"})
        EXPECT_THAT(ids(name), ElementsAre("KZ-ALM")) << name;
    for (const auto* name : {"г. Алматы", "г.Алматы", "город Алматы", "Алматы қ.", "Алматы қаласы",
                             "Almaty city", "Almaty (city)", "Алматы г.", "Алма-Ата"})
        EXPECT_THAT(ids(name), ElementsAre("KZ-ALA")) << name;
}

TEST_F(MatchUnit, NeverTakesACityForTheOblastOfItsName) {
    EXPECT_THAT(ids("Караганда обл."), ElementsAre("KZ-KAR"));
    EXPECT_THAT(ids("г. Караганда"), IsEmpty());
    EXPECT_THAT(ids("Павлодар қаласы"), IsEmpty());
}

TEST_F(MatchUnit, FollowsTheCapitalThroughItsNames) {
    for (const auto* name :
         {"Астана", "Astana", "г. Астана", "Нур-Султан", "Нурсултан", "г.Нур\u2011Султан", "Нұр-Сұлтан",
          "Нұр-Сұлтан қаласы", "Nur-Sultan", "NUR SULTAN", "Nur-Sultan (Astana)"})
        EXPECT_THAT(ids(name), ElementsAre("KZ-AST")) << name;
    EXPECT_THAT(ids("Akmola"), ElementsAre("KZ-AKM"));
}

TEST_F(MatchUnit, UnifiesHyphensApostrophesCaseAndCombiningMarks) {
    for (const auto* name : {"Южно-Казахстанская область", "Южно\u2013Казахстанская обл.",
                             "южно казахстанская", "ЮКО", "ОҚО", "South Kazakhstan"})
        EXPECT_THAT(ids(name), ElementsAre("KZ-YUZ@1997")) << name;
    EXPECT_THAT(ids("Aktjubinskaja oblast\u2019"), ElementsAre("KZ-AKT"));
    EXPECT_THAT(ids("Aqto\u0308be"), ElementsAre("KZ-AKT"));  // o and a combining diaeresis
    EXPECT_THAT(ids("Кызыл-Орда"), ElementsAre("KZ-KZY"));    // the register has Кызылорда
}

TEST_F(MatchUnit, NamesTheOtherUnitWhenTheVintageRulesTheMeaningOut) {
    const auto match = join::match_unit(reg, "Южно-Казахстанская область", "2018");
    EXPECT_THAT(match.units, IsEmpty());
    EXPECT_THAT(match.suggestions,
                ElementsAre("KZ-YUZ@1997 (South Kazakhstan) is of vintage pre-2018, not 2018"));
}

TEST_F(MatchUnit, SuggestsANearNameAndSaysWhy) {
    EXPECT_THAT(join::match_unit(reg, "Pavlodra", "").suggestions, Contains(HasSubstr("KZ-PAV")));
    EXPECT_THAT(join::match_unit(reg, "Костонайская", "").suggestions, Contains("Kostanay (KZ-KUS)"));
    EXPECT_THAT(join::match_unit(reg, "Zzz", "").suggestions, IsEmpty());
    EXPECT_THAT(ids(""), IsEmpty());
    EXPECT_EQ(join::match_unit(reg, "Павлодарская область", "").why, "name in Russian");
    EXPECT_EQ(join::match_unit(reg, "СКО", "").why, "variant");
}

TEST_F(MatchUnit, TakesAnUnknownVintageForNone) {
    EXPECT_THAT(ids("KZ-AKM", "own-1"), ElementsAre("KZ-AKM"));
}

TEST_F(MatchUnit, ReadsLatinLettersThatLookCyrillicAndSaysSo) {
    // "Акмолинская область" with Latin A, o and c.
    const auto match = join::match_unit(reg,
                                        "A\u043A\u043Co\u043B\u0438\u043Dc\u043A\u0430\u044F "
                                        "\u043E\u0431\u043B\u0430\u0441\u0442\u044C",
                                        "");
    ASSERT_EQ(match.units.size(), 1U);
    EXPECT_EQ(match.units.front()->unit_id, "KZ-AKM");
    EXPECT_TRUE(match.look_alikes);
    EXPECT_THAT(match.why, HasSubstr("Latin letters"));
    EXPECT_FALSE(join::match_unit(reg, "Акмолинская область", "").look_alikes);
}

}  // namespace
}  // namespace tendik
