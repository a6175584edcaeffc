#pragma once

#include "support/temporary_folder.h"
#include "tendik/base/error.h"
#include "tendik/plan/read_plan.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace tendik::test {

/// A plan written into a folder of its own, and read.
class WrittenPlan : public testing::Test {
protected:
    std::filesystem::path write(const std::string& text) const {
        const auto file = m_folder / "plan.toml";
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    Plan read(const std::string& text, const std::vector<std::string>& settings = {}) const {
        return plan::read_plan(write(text), settings);
    }
    /// What a user would read of the fault.
    std::string fault(const std::string& text, const std::vector<std::string>& settings = {}) const {
        try {
            read(text, settings);
        } catch (const InputError& error) {
            return describe(error);
        }
        ADD_FAILURE() << "the plan was taken: " << text;
        return {};
    }
    std::string beside(const std::string& name) const { return (m_folder / name).string(); }

    TemporaryFolder m_folder;
};

/// Of a plan with one indicator and boundaries only the steps, which begin in line 4.
class WrittenSteps : public WrittenPlan {
protected:
    static std::string with_steps(const std::string& steps) {
        return "boundaries = { file = \"a.gpkg\" }\n[[indicators]]\ntable = \"t.csv\"\n" + steps;
    }
    Plan read(const std::string& steps) const { return WrittenPlan::read(with_steps(steps)); }
    std::string fault(const std::string& steps) const { return WrittenPlan::fault(with_steps(steps)); }
};

}  // namespace tendik::test
