// Spreadsheets of planners with Russian headings, by the command: years, units, weights, servers.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace tendik::test {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

class PlannerTable : public testing::Test {
protected:
    ProgramRun call(const std::string& command, const std::string& text,
                    const std::vector<std::string>& more) {
        const auto table = write_text(m_folder / "figures.csv", text);
        std::vector<std::string> words{command,   "--boundaries", boundaries(),  "--key", "code",
                                       "--table", table,          "--table-key", "Регион"};
        words.insert(words.end(), more.begin(), more.end());
        return tendik_run(words);
    }
    ProgramRun join(const std::string& text, std::vector<std::string> more) {
        more.insert(more.end(), {"-o", output().string()});
        return call("join", text, more);
    }
    std::string boundaries() { return write_text(m_folder / "regions.geojson", four_squares()); }
    std::filesystem::path output() const { return m_folder / "out" / "joined.csv"; }
    std::string written() const { return contents_of(m_folder / "out").at("joined.csv"); }

    TemporaryFolder m_folder;
};

constexpr const char* of_2019 = "Регион;Год;Доля\nA;2019;1\nB;2019;2\nC;2019;3\nD;2019;4\n";

TEST_F(PlannerTable, FiguresOfOneYearAreNotSoldForThoseOfAnother) {
    const auto refused = join(of_2019, {"--value", "Доля", "--year", "2020"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("no row of year 2020"), HasSubstr("there is: 2019")));
    EXPECT_FALSE(std::filesystem::exists(output()));
    const auto taken = join(of_2019, {"--value", "Доля", "--year", "2019"});
    EXPECT_EQ(taken.exit_code, 0) << taken.err;
    EXPECT_EQ(taken.out, "Доля, 2019: 4 of 4 regions matched\n");
}

TEST_F(PlannerTable, ARussianLongTableIsChosenByItsYear) {
    const auto called = join(
        "Регион;Год;Доля\nA;2019;1\nA;2020;5\nB;2019;2\nB;2020;6\nC;2019;3\nC;2020;7\nD;2019;4\nD;2020;8\n",
        {"--value", "Доля", "--year", "2020"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(written(), HasSubstr("A,Region A,5,present"));
}

/// A heading that no list of usual words holds.
TEST_F(PlannerTable, TheColumnOfYearsMayBeNamed) {
    const std::string text =
        "Регион;Отчёт "
        "за;Доля\nA;2019;1\nA;2020;5\nB;2019;2\nB;2020;6\nC;2019;3\nC;2020;7\nD;2019;4\nD;2020;8\n";
    const auto named = join(text, {"--value", "Доля", "--year-column", "Отчёт за", "--year", "2020"});
    EXPECT_EQ(named.exit_code, 0) << named.err;
    EXPECT_THAT(written(), HasSubstr("A,Region A,5,present"));
    const auto trend = call("trend", text, {"--value", "Доля", "--year-column", "Отчёт за"});
    EXPECT_EQ(trend.exit_code, 0) << trend.err;
    EXPECT_THAT(trend.out, HasSubstr("2019"));
    const auto absent = join(text, {"--value", "Доля", "--year-column", "Отчет за"});
    EXPECT_EQ(absent.exit_code, 1);
    EXPECT_THAT(absent.err, HasSubstr("did you mean 'Отчёт за'?"));
}

TEST_F(PlannerTable, AYearThatIsTextAndAUnitThatDiffersAreRefusedInRussianToo) {
    const auto year =
        join("Регион;Год;Доля\nA;прошлый год;1\nB;прошлый год;2\nC;2019;3\nD;2019;4\n", {"--value", "Доля"});
    EXPECT_EQ(year.exit_code, 1);
    EXPECT_THAT(year.err,
                AllOf(HasSubstr("line 2, column 2 (Год): 'прошлый год' is no year"), HasSubstr("hint: ")));
    const auto unit = join("Регион;Доля;Единица\nA;1;%\nB;2;промилле\nC;3;%\nD;4;%\n", {"--value", "Доля"});
    EXPECT_EQ(unit.exit_code, 1);
    EXPECT_THAT(unit.err,
                AllOf(HasSubstr("line 3, column 3 (Единица): the unit is 'промилле'"), HasSubstr("hint: ")));
}

TEST_F(PlannerTable, ACellOfAnotherYearIsAWarningAndOfTheAskedOneRefused) {
    const std::string text = "Регион;2019;2021\nA;1;2021/05/09\nB;2;6\nC;3;7\nD;4;8\n";
    const auto other = join(text, {"--year", "2019"});
    EXPECT_EQ(other.exit_code, 0) << other.err;
    EXPECT_THAT(other.err, AllOf(HasSubstr("line 2, column 3 (2021)"), HasSubstr("[unread-cell]")));
    EXPECT_THAT(written(), HasSubstr("A,Region A,1,present"));
    for (const std::vector<std::string>& years : {std::vector<std::string>{"--year", "2021"}, {}}) {
        const auto asked = join(text, years);
        EXPECT_EQ(asked.exit_code, 1);
        EXPECT_THAT(asked.err,
                    AllOf(HasSubstr("error: "), HasSubstr("line 2, column 3 (2021): '2021/05/09' is a date"),
                          HasSubstr("hint: a spreadsheet takes 9.5")));
    }
}

TEST_F(PlannerTable, AWeightWithoutAYearHoldsForAllOfThem) {
    std::string table = "Регион;2022;Население\nKZ-VOS;4;1000\nKZ-ABY;16;500\n";
    for (const auto* key :
         {"KZ-AKM", "KZ-AKT", "KZ-ALA", "KZ-ALM", "KZ-AST", "KZ-ATY", "KZ-KAR", "KZ-KUS", "KZ-KZY", "KZ-MAN",
          "KZ-PAV", "KZ-SEV", "KZ-SHY", "KZ-ULT", "KZ-YUZ@2018", "KZ-ZAP", "KZ-ZHA", "KZ-ZHT"})
        table += fmt::format("{};10;1000\n", key);
    const auto file = write_text(m_folder / "t.csv", table);
    const auto called = tendik_run({"join", "--table", file, "--year", "2022", "--merge-units", "--weight",
                                    "Население", "-o", output().string()});
    ASSERT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(written(), ContainsRegex("KZ-VOS,[^\n]*,8,present"));  // (4 x 1000 + 16 x 500) / 1500
}

TEST_F(PlannerTable, AColumnOfAnotherYearWeighsWhenItIsNamed) {
    const auto called =
        call("autocorrelation", "Регион;2010;2015\nA;10;1\nB;20;2\nC;30;4\nD;40;8\n",
             {"--year", "2015", "--weights", "gravity:1", "--weight", "2010", "--permutations", "99"});
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("2015"));
}

TEST_F(PlannerTable, ATableBehindAConnectionIsNoPartOfThePassword) {
    const auto said = [&](const std::string& connection) {
        return tendik_run({"join", "--boundaries", boundaries(), "--key", "code", "--table", connection,
                           "--table-key", "code", "--value", "v"})
            .err;
    };
    // Nobody listens on port 1; the connection is what stands before ": cannot".
    EXPECT_THAT(said("PG:host=127.0.0.1 port=1 user=anna dbname=atlas:figs"),
                HasSubstr("dbname=atlas: cannot be read as a table"));
    EXPECT_THAT(said("PG:postgresql://anna:s3cret@127.0.0.1:1/atlas:figs"),
                HasSubstr("@127.0.0.1:1/atlas: cannot be read as a table"));
    EXPECT_THAT(said("PG:postgresql://anna:s3cret@127.0.0.1:1/atlas"),
                HasSubstr("@127.0.0.1:1/atlas: cannot be read as a table"));
    EXPECT_THAT(said("postgresql://anna:s3cret@127.0.0.1:1/atlas:figs"),
                AllOf(HasSubstr("@127.0.0.1:1/atlas: cannot be read as a table"),
                      HasSubstr("check host, port"), testing::Not(HasSubstr("s3cret"))));
    for (const std::string connection :
         {"PG:host=127.0.0.1 port=1 dbname=atlas password=s3:cret",
          "PG:password=s3:cret host=127.0.0.1 port=1", "PG:host=127.0.0.1 port=1 password=s3=a:cret"})
        EXPECT_THAT(said(connection), AllOf(HasSubstr("password=***"), testing::Not(HasSubstr("cret")),
                                            testing::Not(HasSubstr("s3"))));
}

TEST_F(PlannerTable, AServerThatRefusesBoundariesIsToldAsOne) {
    const auto called = tendik_run({"join", "--boundaries", "PG:host=127.0.0.1 port=1 dbname=atlas:oblasts",
                                    "--key", "code", "--table", "figures.csv", "--value", "v"});
    EXPECT_EQ(called.exit_code, 1);
    EXPECT_THAT(called.err, AllOf(HasSubstr("dbname=atlas: cannot be read as boundaries"),
                                  HasSubstr("hint: check host, port, dbname, user and password")));
}

// Run by pg_virtualenv, which starts a server and names it in PGHOST, PGPORT, PGUSER and PGPASSWORD.
TEST(Postgres, ATableIsNamedBehindTheConnection) {
    if (std::getenv("TENDIK_TEST_POSTGRES") == nullptr) return;  // the test cli.postgres runs it
    const std::string statement =
        "psql -q -d postgres -c \"create table figs (code text, v numeric); insert into figs values "
        "('A', 1), ('B', 2), ('C', 3), ('D', 4); create table other as select * from figs\"";
    ASSERT_EQ(std::system(statement.c_str()), 0);
    const TemporaryFolder folder;
    const auto boundaries = write_text(folder / "regions.geojson", four_squares());
    const auto join = [&](const std::string& connection) {
        return tendik_run({"join", "--boundaries", boundaries, "--key", "code", "--table", connection,
                           "--table-key", "code", "--value", "v"});
    };
    const auto open = join("PG:dbname=postgres");
    EXPECT_EQ(open.exit_code, 1);
    EXPECT_THAT(open.err, AllOf(HasSubstr("2 tables, which one?"), HasSubstr("PG:...:TABLE"),
                                HasSubstr("tables=TABLE"), HasSubstr("'figs', 'other'")));
    for (const auto* connection : {"PG:dbname=postgres:figs", "PG:dbname=postgres tables=figs"}) {
        const auto called = join(connection);
        EXPECT_EQ(called.exit_code, 0) << called.err;
        EXPECT_EQ(called.out, "v: 4 of 4 regions matched\n");
    }
}

/// A database with PostGIS: boundaries in it, and figures in a schema of their own.
TEST(Postgres, BoundariesOfPostGISMeetATableOfAnotherSchema) {
    if (std::getenv("TENDIK_TEST_POSTGRES") == nullptr) return;  // the test cli.postgres runs it
    const std::string statement =
        "createdb land && psql -q -d land -c \"set client_min_messages to error; create extension postgis; "
        "create table oblasts (code text, shape geometry(Polygon, 4326)); insert into oblasts "
        "select chr(65 + i), ST_MakeEnvelope(i, 0, i + 1, 1, 4326) from generate_series(0, 3) i; "
        "create schema stat; create table stat.figures (code text, v numeric); "
        "insert into stat.figures values ('A', 1), ('B', 2), ('C', 3), ('D', 4)\"";
    ASSERT_EQ(std::system(statement.c_str()), 0);
    const auto join = [&](const std::string& boundaries, const std::string& table) {
        return tendik_run({"join", "--boundaries", boundaries, "--key", "code", "--table", table,
                           "--table-key", "code", "--value", "v"});
    };
    const auto called = join("PG:dbname=land:oblasts", "PG:dbname=land:stat.figures");
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(called.out, "v: 4 of 4 regions matched\n");
    EXPECT_EQ(join("PG:dbname=land", "PG:dbname=land:stat.figures").exit_code, 0);
    const auto unknown = join("PG:dbname=land:oblast", "PG:dbname=land:stat.figures");
    EXPECT_THAT(unknown.err, HasSubstr("no layer 'oblast', did you mean 'oblasts'?"));
    const auto typo = join("PG:dbname=land", "PG:dbname=land:stat.figure");
    EXPECT_THAT(typo.err, AllOf(HasSubstr("no table 'stat.figure', did you mean 'stat.figures'?"),
                                testing::Not(HasSubstr("spatial_ref_sys"))));
}

}  // namespace
}  // namespace tendik::test
