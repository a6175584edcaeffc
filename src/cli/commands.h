#pragma once

#include "command.h"

#include <memory>
#include <vector>

namespace tendik::cli {

std::unique_ptr<Command> make_autocorrelation_command();
std::unique_ptr<Command> make_check_command();
std::unique_ptr<Command> make_classify_command();
std::unique_ptr<Command> make_crosswalk_command();
std::unique_ptr<Command> make_exposure_command();
std::unique_ptr<Command> make_index_command();
std::unique_ptr<Command> make_inspect_command();
std::unique_ptr<Command> make_join_command();
std::unique_ptr<Command> make_measure_command();
std::unique_ptr<Command> make_neighbours_command();
std::unique_ptr<Command> make_new_command();
std::unique_ptr<Command> make_proximity_command();
std::unique_ptr<Command> make_regions_command();
std::unique_ptr<Command> make_run_command();
std::unique_ptr<Command> make_smooth_command();
std::unique_ptr<Command> make_surface_command();
std::unique_ptr<Command> make_tiles_command();
std::unique_ptr<Command> make_travel_command();
std::unique_ptr<Command> make_trend_command();
std::unique_ptr<Command> make_zonal_command();

/// Every command, in the order of the help. A new command is one file and one line here.
std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace tendik::cli
