#include "tendik/tables/read_catalogue.h"

#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";

std::string catalogue_text(const std::string& more) {
    return "schema = \"tendik.catalogue/1\"\n[[theme]]\ncode = \"learns\"\nname = \"Learns\"\n"
           "[[indicator]]\ncode = \"a\"\nname = \"A\"\nunit = \"%\"\nkind = \"rate\"\ndirection = "
           "\"adverse\"\n" +
           more;
}

class ReadCatalogue : public testing::Test {
protected:
    std::string refusal(const std::string& text) {
        write_file(folder / "catalogue.toml", text);
        return message_of([&] { tables::read_catalogue(folder / "catalogue.toml"); });
    }
    test::TemporaryFolder folder;
};

TEST_F(ReadCatalogue, ReadsQuotientsAndDeclaredUnits) {
    const auto catalogue = tables::read_catalogue(kazakhstan + "catalogue.toml");
    const auto* per_person = find_indicator(catalogue, "air_emissions_per_person");
    ASSERT_NE(per_person, nullptr);
    ASSERT_TRUE(per_person->per.has_value());
    EXPECT_EQ(per_person->per->total, "air_emissions_stationary");
    EXPECT_EQ(per_person->per->indicator, "population_total");
    EXPECT_EQ(per_person->per->times, 1000.0);  // tonnes to kilograms
    const auto* total = find_indicator(catalogue, "air_emissions_stationary");
    ASSERT_NE(total, nullptr);
    ASSERT_EQ(total->units.size(), 2U);
    EXPECT_EQ(total->units[1].name, "thousand tonnes");
    EXPECT_EQ(total->units[1].factor, 1000.0);
}

TEST_F(ReadCatalogue, ReadsWhichFiguresAreOfSomeRegionsOnly) {
    const auto catalogue = tables::read_catalogue(kazakhstan + "catalogue.toml");
    EXPECT_TRUE(find_indicator(catalogue, "sitan_poverty_rate")->partial);
    EXPECT_FALSE(find_indicator(catalogue, "poverty_below_subsistence_min")->partial);
}

TEST_F(ReadCatalogue, RefusesAQuotientOfUnknownIndicatorsAndFactorsNotAboveZero) {
    EXPECT_THAT(refusal(catalogue_text("per = { total = \"a\", indicator = \"people\" }\n")),
                HasSubstr("no entry of the catalogue has the code 'people'"));
    EXPECT_THAT(refusal(catalogue_text("per = { total = \"a\", indicator = \"a\", times = 0 }\n")),
                HasSubstr("the factor must be above 0"));
    EXPECT_THAT(refusal(catalogue_text("units = [ { name = \"t\", factor = -1 } ]\n")),
                HasSubstr("the factor must be above 0"));
}

std::string two_cells(const std::string& gap) {
    return catalogue_text("gap = " + gap + "\n") +
           "[[indicator]]\ncode = \"u\"\nname = \"U\"\nunit = \"%\"\nkind = \"rate\"\ndirection = "
           "\"adverse\"\ncell = { of = \"b\", residence = \"urban\" }\n"
           "[[indicator]]\ncode = \"r\"\nname = \"R\"\nunit = \"%\"\nkind = \"rate\"\ndirection = "
           "\"adverse\"\ncell = { of = \"b\", residence = \"rural\" }\n"
           "[[indicator]]\ncode = \"b\"\nname = \"B\"\nunit = \"%\"\nkind = \"rate\"\ndirection = "
           "\"adverse\"\n";
}

TEST_F(ReadCatalogue, AGapIsBetweenTwoCellsThatEntriesAre) {
    write_file(folder / "catalogue.toml", two_cells("{ of = \"b\", residence = [\"urban\", \"rural\"] }"));
    const auto catalogue = tables::read_catalogue(folder / "catalogue.toml");
    const auto* gap = find_indicator(catalogue, "a");
    ASSERT_TRUE(gap->gap.has_value());
    EXPECT_EQ(gap->gap->more, "u");
    EXPECT_EQ(gap->gap->less, "r");
    EXPECT_TRUE(gap->difference);
    EXPECT_FALSE(find_indicator(catalogue, "u")->difference);
}

TEST_F(ReadCatalogue, RefusesAGapOfCellsThatNoEntryIs) {
    EXPECT_THAT(
        refusal(two_cells("{ of = \"b\", residence = [\"urban\", \"nomad\"] }")),
        AllOf(HasSubstr("line 11"), HasSubstr("no entry is the cell of 'b' with residence = \"nomad\""),
              HasSubstr("the values of 'residence' are: urban, rural")));
    EXPECT_THAT(refusal(two_cells("{ of = \"b\", sex = [\"girls\", \"boys\"] }")),
                HasSubstr("add cell = { of = \"b\", sex = \"girls\" } to one"));
    EXPECT_THAT(refusal(two_cells("{ of = \"c\", residence = [\"urban\", \"rural\"] }")),
                HasSubstr("no entry of the catalogue has the code 'c'"));
    for (const auto* words :
         {"{ of = \"b\", residence = [\"urban\"] }", "{ of = \"b\" }",
          "{ of = \"b\", residence = [\"urban\", \"urban\"] }", "{ of = \"b\", residence = \"urban\" }"})
        EXPECT_THAT(refusal(two_cells(words)), HasSubstr("a gap is between two cells of one indicator"))
            << words;
    EXPECT_THAT(refusal(two_cells("{ of = \"b\", residence = [\"urban\", \"rural\"] }\n"
                                  "per = { total = \"b\", indicator = \"b\" }")),
                HasSubstr("different ways to compute"));
}

TEST_F(ReadCatalogue, ReadsTheBuiltInCatalogue) {
    const auto catalogue = tables::read_catalogue(kazakhstan + "catalogue.toml");
    EXPECT_EQ(catalogue.themes.size(), 5U);  // the five goals of the Situation Analysis
    const auto* stunting = find_indicator(catalogue, "stunting_moderate_severe");
    ASSERT_NE(stunting, nullptr);
    EXPECT_EQ(stunting->kind, IndicatorKind::rate);
    EXPECT_EQ(stunting->direction, Direction::adverse);
    EXPECT_EQ(stunting->scale, 100.0);
    EXPECT_EQ(stunting->upper_bound, 100.0);
    EXPECT_EQ(stunting->year_labels.at(2010), "2010-11");
    ASSERT_TRUE(stunting->weight.has_value());
    EXPECT_EQ(stunting->weight->indicator, "population_0_15");
    EXPECT_TRUE(stunting->weight->stand_in);
    ASSERT_FALSE(stunting->notes.empty());
    EXPECT_TRUE(stunting->notes.front().outlier);
    EXPECT_EQ(stunting->notes.front().unit, "KZ-AKT");
    const auto* poverty = find_indicator(catalogue, "poverty_below_subsistence_min");
    ASSERT_NE(poverty, nullptr);
    ASSERT_EQ(poverty->breaks.size(), 1U);
    EXPECT_EQ(poverty->breaks.front().year, 2018);  // new subsistence minimum
    const auto* supply = find_indicator(catalogue, "water_supply_access");
    ASSERT_NE(supply, nullptr);
    ASSERT_EQ(supply->parts.size(), 2U);
    EXPECT_EQ(supply->parts[1].weight, "population_rural");
}

TEST_F(ReadCatalogue, RefusesWhatItDoesNotKnowWithLineAndColumn) {
    EXPECT_EQ(refusal(catalogue_text("")), "");
    EXPECT_THAT(refusal("schema = \"other/1\"\n"), AllOf(HasSubstr("line 1"), HasSubstr("'other/1'")));
    EXPECT_THAT(refusal(catalogue_text("boundz = [0, 1]\n")),
                AllOf(HasSubstr("line 11"), HasSubstr("boundz")));
    EXPECT_THAT(refusal(catalogue_text("bounds = [100, 0]\n")),
                AllOf(HasSubstr("line 11"), HasSubstr("out of order")));
    EXPECT_THAT(refusal(catalogue_text("bounds = [1]\n")), HasSubstr("bounds are two numbers"));
    EXPECT_THAT(refusal(catalogue_text("theme = \"lerns\"\n")),
                AllOf(HasSubstr("line 11"), HasSubstr("'lerns'")));
    EXPECT_THAT(refusal(catalogue_text("weight = { indicator = \"b\", text = \"B\" }\n")),
                AllOf(HasSubstr("line 11"), HasSubstr("no entry of the catalogue has the code 'b'")));
    EXPECT_THAT(refusal(catalogue_text("parts = [{ indicator = \"a\", weight = \"c\" }]\n")),
                HasSubstr("'c'"));
    EXPECT_THAT(refusal(catalogue_text("year_labels = { \"20x\" = \"y\" }\n")),
                HasSubstr("'20x' is no year"));
    EXPECT_THAT(
        refusal(catalogue_text("[[indicator]]\ncode = \"a\"\nname = \"A\"\nunit = \"%\"\nkind = \"rate\"\n"
                               "direction = \"adverse\"\n")),
        AllOf(HasSubstr("line 12"), HasSubstr("'a' stands twice")));
}

TEST_F(ReadCatalogue, RefusesUnknownKindsAndDirections) {
    const auto text = catalogue_text("");
    auto kind = text;
    kind.replace(kind.find("rate"), 4, "ratio");
    EXPECT_THAT(refusal(kind),
                AllOf(HasSubstr("line 9"), HasSubstr("'ratio'"), HasSubstr("rate, mean, total, count")));
    auto direction = text;
    direction.replace(direction.find("adverse"), 7, "bad");
    EXPECT_THAT(refusal(direction),
                AllOf(HasSubstr("line 10"), HasSubstr("'bad'"), HasSubstr("adverse, favourable")));
}

TEST(ReadRegister, ReadsTheBuiltInRegister) {
    Findings findings;
    const auto reg = tables::read_register(kazakhstan + "regions.csv", findings);
    EXPECT_TRUE(findings.empty());
    const auto* turkistan = find_unit(reg, "KZ-YUZ@2018");
    ASSERT_NE(turkistan, nullptr);
    EXPECT_EQ(turkistan->region_code, "KZ-YUZ");
    EXPECT_EQ(turkistan->iso_numeric, "KZ-61");
    EXPECT_EQ(turkistan->kato, "610000000");
    EXPECT_EQ(turkistan->name.ru, "Туркестанская область");
    EXPECT_THAT(turkistan->vintages, ElementsAre("2018", "2022"));
    EXPECT_THAT(turkistan->predecessors, ElementsAre("KZ-YUZ@1997"));
    const auto* south = find_unit(reg, "KZ-YUZ@1997");
    ASSERT_NE(south, nullptr);
    EXPECT_THAT(south->successors, ElementsAre("KZ-SHY", "KZ-YUZ@2018"));
    EXPECT_THAT(south->vintages, ElementsAre("pre-2018"));
    EXPECT_THAT(south->variants, testing::Contains("ЮКО"));
}

TEST(ReadRegister, RefusesFaultsWithLineAndColumn) {
    const test::TemporaryFolder folder;
    const std::string heading =
        "unit_id,region_code,iso_numeric,kato,pcode,kind,name_en,name_ru,name_kk,variants,valid_from,valid_"
        "to,"
        "in_pre2018,in_2018,in_2022,predecessors,successors\n";
    const auto refusal = [&](const std::string& rows) {
        write_file(folder / "regions.csv", heading + rows);
        Findings findings;
        return message_of([&] { tables::read_register(folder / "regions.csv", findings); });
    };
    const std::string a = "A,A,,,,oblast,A,,,,,,yes,yes,yes,,\n";
    EXPECT_EQ(refusal(a), "");
    EXPECT_THAT(refusal(a + a),
                HasSubstr("regions.csv, line 3, column 1 (unit_id): unit id 'A' stands in line 2"));
    EXPECT_THAT(refusal("A,A,,,,oblast,A,,,,,,maybe,yes,yes,,\n"),
                HasSubstr("line 2, column 13 (in_pre2018): 'maybe' is neither 'yes' nor 'no'"));
    EXPECT_THAT(refusal("A,A,,,,oblast,A,,,,,,yes,yes,yes,B,\n"),
                HasSubstr("line 2, column 16 (predecessors): no unit 'B' in the register"));
}

TEST(ReadRegister, OfAnotherCountryNeedsIdsAndNamesOnly) {
    const test::TemporaryFolder folder;
    write_file(folder / "r.csv", "unit_id,name_en,vintages\nX1,Lowfield,1990|2020\nX2,Highfield,\n");
    Findings findings;
    const auto reg = tables::read_register(folder / "r.csv", findings);
    ASSERT_EQ(reg.entries.size(), 2U);
    EXPECT_EQ(reg.entries[0].name.en, "Lowfield");
    EXPECT_EQ(reg.entries[0].vintages, (std::vector<std::string>{"1990", "2020"}));
    EXPECT_TRUE(reg.entries[1].vintages.empty());
    write_file(folder / "r.csv", "unit_id,name\nX1,Lowfield\n");
    EXPECT_THAT(message_of([&] { tables::read_register(folder / "r.csv", findings); }),
                HasSubstr("r.csv, line 1: no column 'name_en'"));
}

TEST(ReadRegister, TellsColumnsThatItDoesNotReadAndWhichOneIsMeant) {
    const test::TemporaryFolder folder;
    write_file(folder / "r.csv", "unit_id,name_en,nam_ru,people\nX1,Lowfield,Нижнее Поле,100\n");
    Findings findings;
    const auto reg = tables::read_register(folder / "r.csv", findings);
    EXPECT_EQ(reg.entries[0].name.ru, "");
    ASSERT_EQ(findings.all().size(), 2U);
    EXPECT_EQ(findings.all()[0].code, "unread-column");
    EXPECT_EQ(findings.all()[0].severity, Severity::warning);
    EXPECT_THAT(findings.all()[0].where, HasSubstr("r.csv, line 1, column 3"));
    EXPECT_THAT(findings.all()[0].text, HasSubstr("'nam_ru' is not read, did you mean 'name_ru'?"));
    EXPECT_EQ(findings.all()[1].severity, Severity::note);
    EXPECT_THAT(findings.all()[1].text, HasSubstr("'people' is not read"));
}

TEST(ReadSources, ReadsTheBuiltInSources) {
    const auto sources = tables::read_sources(kazakhstan + "sources.csv");
    const auto found = std::ranges::find(sources, "KAZSTAT-SDG-2024", &Source::id);
    ASSERT_NE(found, sources.end());
    EXPECT_FALSE(found->title.empty());
    EXPECT_FALSE(found->publisher.empty());
}

}  // namespace
}  // namespace tendik
