#include "tendik/style/modelled_notes.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace tendik {
namespace {

using ::testing::HasSubstr;

class ModelledNotes : public ::testing::Test {
protected:
    ModelledNotes() {
        m_layer.indicator.decimals = 1;
        m_layer.modelled = Modelled{.raster = "pm25.tif"};
        m_boundaries.regions.resize(2);
        m_boundaries.regions[0].name = {"Aktobe", "Актюбинская область", "Ақтөбе облысы"};
        m_boundaries.regions[1].name = {"Kostanay", "Костанайская область", "Қостанай облысы"};
    }
    std::vector<Texts> notes() const {
        return style::modelled_notes(
            m_layer, m_boundaries,
            style::read_text_book(std::filesystem::path(TENDIK_SOURCE_DIR) / "styles"));
    }

    Layer m_layer;
    Boundaries m_boundaries;
};

TEST_F(ModelledNotes, ALayerThatIsNotModelledHasNone) {
    m_layer.modelled.reset();
    EXPECT_TRUE(notes().empty());
}

TEST_F(ModelledNotes, NameTheRasterInThreeLanguages) {
    ASSERT_EQ(notes().size(), 1U);
    EXPECT_THAT(notes()[0].en, HasSubstr("Modelled: computed from the raster pm25.tif"));
    EXPECT_THAT(notes()[0].ru, HasSubstr("Модельная оценка: рассчитано по растру pm25.tif"));
    EXPECT_THAT(notes()[0].kk, HasSubstr("Модельдік баға: pm25.tif"));
}

TEST_F(ModelledNotes, NamePlacesThatDistancesWereReckonedFrom) {
    m_layer.modelled->places = "sites.csv";
    EXPECT_THAT(notes()[0].en, HasSubstr("the places sites.csv and the raster pm25.tif"));
    EXPECT_THAT(notes()[0].ru, HasSubstr("по точкам sites.csv и растру pm25.tif"));
    EXPECT_THAT(notes()[0].kk, HasSubstr("sites.csv нүктелері және pm25.tif растры"));
    m_layer.modelled->raster.clear();
    EXPECT_THAT(notes()[0].en, HasSubstr("the places sites.csv on a grid of the ground"));
    EXPECT_THAT(notes()[0].kk, HasSubstr("sites.csv нүктелерінен"));
}

TEST_F(ModelledNotes, SayThatTheMapCannotRankWithErrorAndSpread) {
    m_layer.modelled->can_rank = false;
    m_layer.modelled->error = {Value::of(17.93), Value::of(17.93)};
    m_layer.modelled->mean_error = 17.93;
    m_layer.modelled->spread = 0.42;
    ASSERT_EQ(notes().size(), 2U);
    EXPECT_THAT(notes()[1].en, HasSubstr("cannot rank the regions"));
    EXPECT_THAT(notes()[1].en, HasSubstr("17.9 on average, and the regions differ by no more than 0.4."));
    EXPECT_THAT(notes()[1].ru, HasSubstr("нельзя ранжировать"));
    EXPECT_THAT(notes()[1].ru, HasSubstr("17,9"));
    EXPECT_THAT(notes()[1].kk, HasSubstr("реттеуге болмайды"));
}

TEST_F(ModelledNotes, SayWhatDiffersWhereTheErrorIsThatOfAnotherFigure) {
    m_layer.modelled->can_rank = false;
    ASSERT_EQ(notes().size(), 2U);
    EXPECT_THAT(notes()[1].en, HasSubstr("what differs here is how many people live in a region"));
}

TEST_F(ModelledNotes, NameRegionsWithoutAStationInTheReadersLanguage) {
    m_layer.modelled->stations = {1, 0};
    ASSERT_EQ(notes().size(), 2U);
    EXPECT_THAT(notes()[1].en, HasSubstr("rest on stations elsewhere: Kostanay."));
    EXPECT_THAT(notes()[1].kk, HasSubstr("сүйенеді: Қостанай облысы."));
    m_layer.modelled->stations = {1, 2};
    EXPECT_EQ(notes().size(), 1U);
}

}  // namespace
}  // namespace tendik
