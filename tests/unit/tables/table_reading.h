#pragma once

#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/tables/read_table.h"

#include <gtest/gtest.h>

#include <string>

namespace tendik {

/// Tables written for one test and read at once.
class TableReading : public testing::Test {
protected:
    Indicators read(const std::string& content, TableSource source = {}) {
        write_file(folder / "synthetic.csv", content);
        source.file = (folder / "synthetic.csv").string();
        return tables::read_table(source, findings);
    }
    std::string refusal(const std::string& content, const TableSource& source = {}) {
        return test::message_of([&] { read(content, source); });
    }

    test::TemporaryFolder folder;
    Findings findings;
};

}  // namespace tendik
