#include "commands.h"

namespace tendik::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_run_command());
    commands.push_back(make_check_command());
    commands.push_back(make_new_command());
    commands.push_back(make_regions_command());
    commands.push_back(make_join_command());
    commands.push_back(make_crosswalk_command());
    commands.push_back(make_measure_command());
    commands.push_back(make_trend_command());
    commands.push_back(make_classify_command());
    commands.push_back(make_neighbours_command());
    commands.push_back(make_autocorrelation_command());
    commands.push_back(make_smooth_command());
    commands.push_back(make_index_command());
    commands.push_back(make_zonal_command());
    commands.push_back(make_exposure_command());
    commands.push_back(make_surface_command());
    commands.push_back(make_travel_command());
    commands.push_back(make_proximity_command());
    commands.push_back(make_tiles_command());
    commands.push_back(make_inspect_command());
    return commands;
}

}  // namespace tendik::cli
