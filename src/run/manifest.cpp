#include "manifest.h"

#include "tendik/base/digest.h"
#include "tendik/base/text.h"
#include "tendik/geom/crs.h"
#include "tendik/io/write_layers.h"
#include "tendik/plan/installation.h"
#include "tendik/plan/read_plan.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json inputs_of(const Plan& plan, const InputNames& names) {
    Json inputs = Json::array();
    const auto add = [&inputs](const std::string& path, const std::string& name) {
        std::error_code ignored;
        Json input{{"name", name}};
        // A database connection has no digest.
        if (fs::is_regular_file(path, ignored)) input["sha256"] = sha256_hex_of_file(path);
        inputs.push_back(std::move(input));
    };
    std::error_code ignored;
    if (fs::is_regular_file(plan.name, ignored)) add(plan.name, fs::path(plan.name).filename().string());
    for (const auto& [path, name] : names.all())
        add(path, name);
    return inputs;
}

Json outputs_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    Json outputs = Json::array();
    for (const auto& file : files)
        outputs.push_back({{"path", fs::relative(file, folder).generic_string()},
                           {"bytes", fs::file_size(file)},
                           {"sha256", sha256_hex_of_file(file)}});
    return outputs;
}

Json surfaces_of(const Prepared& prepared) {
    Json surfaces = Json::array();
    for (const auto& surface : prepared.surfaces) {
        Json one{{"name", surface.code}, {"method", to_text(surface.kind)}, {"modelled", true}};
        one["points"] = surface.point_count;
        if (surface.left_out) one["leave_one_out_rmse"] = surface.left_out->rmse;
        surfaces.push_back(std::move(one));
    }
    return surfaces;
}

Json points_of(const Prepared& prepared) {
    Json points = Json::array();
    for (const auto& layer : prepared.points) {
        Json one{{"name", layer.name()}, {"indicator", layer.indicator.code}};
        if (layer.year) one["year"] = *layer.year;
        one["points"] = layer.points.size();
        one["present"] = present_count(layer.values());
        one["sources"] = layer.indicator.sources;
        points.push_back(std::move(one));
    }
    return points;
}

Json layers_of(const Prepared& prepared) {
    Json layers = Json::array();
    for (const auto& layer : prepared.atlas.layers) {
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        Json one{{"name", layer.name()}, {"indicator", layer.indicator.code}};
        if (layer.year) one["year"] = *layer.year;
        one["vintage"] = boundaries.vintage;
        one["regions"] = boundaries.regions.size();
        one["present"] = present_count(layer.values);
        if (layer.carried) {
            one["figures_of"] = layer.carried->from;
            one["inherited"] = std::ranges::count_if(layer.values, &Value::inherited);
        }
        one["sources"] = layer.sources;
        layers.push_back(std::move(one));
    }
    return layers;
}

}  // namespace

InputNames::InputNames(const Plan& plan) : m_folder(fs::path(plan.name).parent_path()) { add_files_of(plan); }

void InputNames::add_files_of(const Plan& plan) {
    for (const auto& file : {plan.catalogue, plan.register_file, plan.sources})
        add(file);
    for (const auto& file : plan.denominators)
        add(file);
    for (const auto& source : plan.boundaries)
        add(source.file);
    for (const auto& [index, parents] : plan.parents)
        add(parents.source.file);
    for (const auto& source : plan.context)
        add(source.file);
    for (const auto& planned : plan.indicators) {
        add(planned.table.file);
        add(planned.parents_table);
        if (planned.inherit_by) add(planned.inherit_by->file);
    }
    for (const auto& planned : plan.points)
        add(planned.table.file);
    for (const auto& planned : plan.surfaces) {
        add(planned.points.file);
        add(planned.totals.table.file);
        add(planned.grid.like);
    }
    const auto add_raster = [this](const RasterChoice& choice) {
        if (!plan::surface_named(choice)) add(choice.file);
    };
    for (const auto& planned : plan.zonal) {
        add_raster(planned.raster);
        add_raster(planned.weights);
    }
    for (const auto& planned : plan.exposures) {
        add_raster(planned.raster);
        add_raster(planned.error);
        for (const auto& population : planned.populations)
            add_raster(population.raster);
    }
    for (const auto& planned : plan.travels) {
        add_raster(planned.friction);
        add(planned.sources.table.file);
        for (const auto& population : planned.count.populations)
            add_raster(population.raster);
    }
    for (const auto& planned : plan.proximities) {
        add(planned.sites.table.file);
        for (const auto& population : planned.count.populations)
            add_raster(population.raster);
    }
    for (const auto& planned : plan.autocorrelations)
        if (tendik::plan::is_file(planned.options.weights)) add(planned.options.weights.spec);
    for (const auto& planned : plan.indexes)
        add(planned.file);
}

void InputNames::add(const std::string& path) {
    if (path.empty()) return;
    for (const auto& [known, name] : m_names)
        if (known == path) return;
    auto name = fs::path(path).lexically_relative(m_folder.empty() ? fs::path(".") : m_folder);
    if (name.empty() || *name.begin() == "..") name = fs::path(path).filename();
    m_names.emplace_back(path, mask_passwords(name.generic_string()));
}

std::string InputNames::without_paths(std::string text) const {
    auto longest_first = m_names;
    std::ranges::stable_sort(longest_first,
                             [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (const auto& [path, name] : longest_first) {
        if (path == name) continue;
        for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at + name.size()))
            text.replace(at, path.size(), name);
    }
    return text;
}

Findings InputNames::without_paths(const Findings& findings) const {
    Findings cleaned;
    for (auto finding : findings.all()) {
        finding.where = without_paths(finding.where);
        finding.text = without_paths(finding.text);
        cleaned.add(std::move(finding));
    }
    return cleaned;
}

Plan InputNames::without_paths(Plan plan) const {
    for (auto* file : {&plan.catalogue, &plan.register_file, &plan.sources})
        *file = without_paths(*file);
    for (auto& file : plan.denominators)
        file = without_paths(file);
    for (auto& source : plan.boundaries)
        source.file = without_paths(source.file);
    for (auto& [index, parents] : plan.parents)
        parents.source.file = without_paths(parents.source.file);
    for (auto& source : plan.context)
        source.file = without_paths(source.file);
    for (auto& planned : plan.indicators) {
        for (auto* file : {&planned.table.file, &planned.parents_table})
            *file = without_paths(*file);
        if (planned.inherit_by) planned.inherit_by->file = without_paths(planned.inherit_by->file);
    }
    for (auto& planned : plan.points)
        planned.table.file = without_paths(planned.table.file);
    for (auto& planned : plan.surfaces)
        for (auto* file : {&planned.points.file, &planned.totals.table.file, &planned.grid.like})
            *file = without_paths(*file);
    for (auto& planned : plan.zonal)
        for (auto* file : {&planned.raster.file, &planned.weights.file})
            *file = without_paths(*file);
    for (auto& planned : plan.exposures) {
        for (auto* file : {&planned.raster.file, &planned.error.file})
            *file = without_paths(*file);
        for (auto& population : planned.populations)
            population.raster.file = without_paths(population.raster.file);
    }
    for (auto& planned : plan.travels) {
        for (auto* file : {&planned.friction.file, &planned.sources.table.file})
            *file = without_paths(*file);
        for (auto& population : planned.count.populations)
            population.raster.file = without_paths(population.raster.file);
    }
    for (auto& planned : plan.proximities) {
        planned.sites.table.file = without_paths(planned.sites.table.file);
        for (auto& population : planned.count.populations)
            population.raster.file = without_paths(population.raster.file);
    }
    for (auto& planned : plan.autocorrelations)
        planned.options.weights.spec = without_paths(planned.options.weights.spec);
    for (auto& planned : plan.indexes)
        planned.file = without_paths(planned.file);
    return plan;
}

std::string manifest_json(const Plan& plan, const Prepared& prepared, const InputNames& names,
                          const Findings& findings, const fs::path& folder) {
    Json libraries = Json::object();
    for (const auto& [name, version] : io::library_versions())
        libraries[name] = version;
    for (const auto& [name, version] : geom::library_versions())
        libraries[name] = version;
    Json all_findings = Json::array();
    const auto cleaned = names.without_paths(findings);
    for (const auto& finding : cleaned.all())
        all_findings.push_back({{"severity", to_text(finding.severity)},
                                {"code", finding.code},
                                {"where", finding.where},
                                {"text", finding.text}});
    const Json manifest{{"schema", "tendik.manifest/1"},
                        {"program", {{"name", "tendik"}, {"version", std::string(plan::program_version)}}},
                        {"libraries", std::move(libraries)},
                        {"plan", plan::to_toml(names.without_paths(plan))},
                        {"inputs", inputs_of(plan, names)},
                        {"layers", layers_of(prepared)},
                        {"points", points_of(prepared)},
                        {"surfaces", surfaces_of(prepared)},
                        {"findings", std::move(all_findings)},
                        {"outputs", outputs_of(folder)}};
    return manifest.dump(2) + "\n";
}

}  // namespace tendik::run
