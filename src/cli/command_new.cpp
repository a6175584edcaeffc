#include "commands.h"
#include "tendik/run/starter.h"

#include <fmt/format.h>

#include <filesystem>

namespace tendik::cli {
namespace {

class NewCommand final : public Command {
public:
    NewCommand()
        : Command("new", "Write a commented plan and an example to start from",
                  "tendik new my_land && tendik run my_land/plan.toml") {}

    int execute(Console& console) override {
        run::write_starter(m_folder);
        const auto plan = (std::filesystem::path(m_folder) / "plan.toml").string();
        console.result(fmt::format("'{}' and an example, a made-up land, are written; next: tendik run {}\n",
                                   plan, plan));
        return 0;
    }

private:
    void declare_own(CLI::App& app) override {
        app.add_option("DIR", m_folder, "A new or empty folder")->type_name("DIR")->required();
    }

    std::string m_folder;
};

}  // namespace

std::unique_ptr<Command> make_new_command() { return std::make_unique<NewCommand>(); }

}  // namespace tendik::cli
