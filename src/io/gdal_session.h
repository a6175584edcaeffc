#pragma once

#include "tendik/base/error.h"
#include "tendik/geom/crs.h"

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <string>

namespace tendik::io {

/// Registers the drivers and the handler that collects GDAL's messages; the first call does it, others
/// return.
void start_gdal();

/// "PG:dbname=..." or "postgresql://...".
bool is_postgres(const std::string& connection);
inline constexpr const char* postgres_hint =
    "check host, port, dbname, user and password (PGPASSWORD or ~/.pgpass keep it out of the plan)";

enum class Fault { input, system };

/// The one place where a failure of GDAL becomes an Error: `what`, then GDAL's last words of this thread.
/// These leave the collection, because they are told by the error.
[[noreturn]] void throw_gdal_error(Fault fault, const std::string& what, const std::string& hint = {});

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using DatasetPointer = std::unique_ptr<GDALDataset, CloseDataset>;

/// Sets a configuration option for this thread until the end of the scope.
class ScopedOption {
public:
    ScopedOption(const char* name, const std::string& value);
    ~ScopedOption();
    ScopedOption(const ScopedOption&) = delete;
    ScopedOption& operator=(const ScopedOption&) = delete;

private:
    const char* m_name;
    std::string m_before;
    bool m_was_set = false;
};

/// Whether a layer of a DBF or Shapefile says in what encoding its texts are. "ANSI" (language driver 0x57)
/// says nothing: it is whatever the machine of the writer used.
bool states_encoding(OGRLayer& layer);

/// Neither a local system nor one that a GeoPackage calls undefined.
bool is_known(const OGRSpatialReference& reference);
/// "EPSG:4326" where the system has such a code, else WKT 2.
Crs to_crs(const OGRSpatialReference& reference);

}  // namespace tendik::io
