#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/tables/read_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::HasSubstr;

const std::string tables = TENDIK_SOURCE_DIR "/tests/data/tables/";

const Figure* figure_of(const Indicators& table, std::string_view key, int year) {
    for (const auto& figure : table.figures)
        if (figure.key == key && figure.year == year) return &figure;
    return nullptr;
}

TEST(TableFormats, ReadsARussianTableInWindows1251) {
    Findings findings;
    const auto table = tables::read_table({.file = tables + "poverty_ru_1251.csv"}, findings);
    // geodata/kazakhstan/indicators/poverty.csv, 2018: Turkistan 10.6
    const auto* figure = figure_of(table, "Туркестанская область", 2018);
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->value.number, 10.6);
    EXPECT_EQ(findings.count_of("encoding"), 1U);
    EXPECT_EQ(findings.count_of("title-skipped"), 2U);
    EXPECT_EQ(findings.count_of("note-row"), 2U);
}

TEST(TableFormats, ReadsAKazakhTableInUtf16) {
    Findings findings;
    const auto table = tables::read_table({.file = tables + "poverty_kk_utf16.csv"}, findings);
    const auto* figure = figure_of(table, "Түркістан облысы", 2018);
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->value.number, 10.6);  // geodata/kazakhstan/indicators/poverty.csv
}

TEST(TableFormats, ReadsASheetByNameAndListsTheSheets) {
    Findings findings;
    const TableSource source{.file = tables + "poverty_ru.xlsx", .sheet = "Бедность"};
    const auto table = tables::read_table(source, findings);
    const auto* figure = figure_of(table, "Туркестанская область", 2018);
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->indicator, "Все население");
    EXPECT_EQ(figure->value.number, 10.6);  // geodata/kazakhstan/indicators/poverty.csv
    EXPECT_THAT(message_of([&] { tables::read_table({.file = source.file}, findings); }),
                AllOf(HasSubstr("2 sheets, which one?"), HasSubstr("'Содержание', 'Бедность'")));
    EXPECT_THAT(message_of([&] { tables::read_table({.file = source.file, .sheet = "Бедност"}, findings); }),
                AllOf(HasSubstr("no sheet 'Бедност', did you mean 'Бедность'?"), HasSubstr("'Содержание'")));
    // The heading's second row is the fourth row of the sheet, figures begin in the fifth.
    EXPECT_EQ(table.figures.front().line, 5U);
    TableSource strict = source;
    strict.value = "Дети";
    strict.years_in_columns = true;
    Findings signs;
    tables::read_table(strict, signs);
    EXPECT_THAT(signs.all().back().where, HasSubstr("sheet 'Бедность', row"));
    EXPECT_THAT(signs.all().back().where, HasSubstr("column E (Дети / 2019)"));
}

TEST(TableFormats, ReadsAKazakhOdsSheet) {
    Findings findings;
    const auto table = tables::read_table({.file = tables + "poverty_kk.ods"}, findings);
    const auto* figure = figure_of(table, "Түркістан облысы", 2018);
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->value.number, 10.6);  // geodata/kazakhstan/indicators/poverty.csv
}

/// As LibreOffice writes it: what GDAL 3.6 reads of it stands in other columns.
TEST(TableFormats, CellsOfOdsBehindMergedOnesStayInTheirColumns) {
    const auto file = tables + "merged.ods";
    Findings findings;
    const auto shares = tables::read_table({.file = file, .value = "Доля"}, findings);
    // The numbers are those of make_tables.py.
    const auto* figure = figure_of(shares, "Акмолинская область", 2018);
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->value.number, 4.3);
    EXPECT_EQ(figure->line, 6U);
    EXPECT_EQ(figure_of(shares, "Акмолинская область", 2020)->value.number, 7.0);
    EXPECT_EQ(figure_of(shares, "Актюбинская область", 2019)->value.state, State::missing);
    EXPECT_EQ(figure_of(shares, "Актюбинская область", 2020)->value.number, 6.0);
    EXPECT_EQ(findings.count_of("percent-format"), 1U);
    EXPECT_EQ(findings.count_of("formula-without-result"), 1U);
    EXPECT_THAT(findings.all()[1].where, HasSubstr("sheet 'Доля', cell C7"));
    const auto people = tables::read_table({.file = file, .value = "Население"}, findings);
    ASSERT_EQ(people.figures.size(), 6U);
    EXPECT_EQ(figure_of(people, "Акмолинская область", 2018)->value.number, 10.0);
    EXPECT_EQ(figure_of(people, "Актюбинская область", 2020)->value.number, 22.0);
}

/// dBASE III with one text and one number column and no code page: a header of 32 bytes, 32 for each
/// column, 0x0D, then records behind a blank.
std::string small_dbf() {
    const auto field = [](std::string name, char type, int length) {
        name.resize(11, '\0');
        name += type;
        name.resize(16, '\0');
        name += static_cast<char>(length);
        name += static_cast<char>(type == 'N' ? 1 : 0);  // decimals
        name.resize(32, '\0');
        return name;
    };
    std::string text("\x03\x50\x01\x01\x01\x00\x00\x00\x61\x00\x0D\x00", 12);
    text.resize(32, '\0');
    text += field("key", 'C', 8) + field("value", 'N', 4) + '\x0D';
    return text + " \xC0\xEB\xEC\xE0\xF2\xFB   2.5\x1A";
}

TEST(TableFormats, DecodesADbfWithoutCodePageAndSaysSo) {
    const test::TemporaryFolder folder;
    write_file(folder / "t.dbf", small_dbf());
    Findings findings;
    const auto table = tables::read_table({.file = (folder / "t.dbf").string()}, findings);
    ASSERT_EQ(table.figures.size(), 1U);
    EXPECT_EQ(table.figures[0].key, "Алматы");  // C0 EB EC E0 F2 FB in unicode.org's CP1251.TXT
    EXPECT_EQ(table.figures[0].value.number, 2.5);
    EXPECT_EQ(findings.count_of("encoding"), 1U);
}

// Run by pg_virtualenv, which starts a server and names it in PGHOST, PGPORT, PGUSER and PGPASSWORD.
TEST(Postgres, ReadsATableAndRefusesAWrongPasswordWithoutPrintingIt) {
    if (std::getenv("TENDIK_TEST_POSTGRES") == nullptr) return;  // the test io.postgres runs it
    const std::string statement =
        "psql -q -d postgres -c \"create table figures (key text, year int, value numeric); "
        "insert into figures values ('KZ-AKM', 2020, 4.5), ('KZ-AKT', 2020, null)\"";
    ASSERT_EQ(std::system(statement.c_str()), 0);
    Findings findings;
    const auto table = tables::read_table({.file = "PG:dbname=postgres", .sheet = "figures"}, findings);
    ASSERT_EQ(table.figures.size(), 2U);
    EXPECT_EQ(table.figures[0].value.number, 4.5);
    EXPECT_EQ(table.figures[0].year, 2020);
    EXPECT_EQ(table.figures[1].value.state, State::missing);
    EXPECT_THAT(message_of([&] {
                    tables::read_table({.file = "PG:dbname=postgres host=localhost password=wr0ng"},
                                       findings);
                }),
                AllOf(HasSubstr("cannot be read as a table"), HasSubstr("password=***"),
                      testing::Not(HasSubstr("wr0ng"))));
}

}  // namespace
}  // namespace tendik
