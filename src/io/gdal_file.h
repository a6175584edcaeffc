#pragma once

#include "gdal_session.h"
#include "vector_file.h"

#include <ogrsf_frmts.h>

#include <string>
#include <vector>

namespace tendik::io {

/// A file in GDAL's memory, so that a half-written or journalled file never stands beside the target. Removed
/// with its folder at the end.
class MemoryFolder {
public:
    MemoryFolder();
    ~MemoryFolder();
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;

    std::string path_of(const std::string& name) const { return m_path + "/" + name; }
    /// Throws SystemError when the file is absent.
    std::string content_of(const std::string& name) const;

private:
    std::string m_path;
};

/// Throws SystemError.
DatasetPointer create_dataset(const char* driver, const std::string& path,
                              const std::vector<std::string>& options);
/// Adds the layer with its fields and regions. Throws SystemError; InputError for a CRS that cannot be read.
void add_layer(GDALDataset& dataset, const PreparedLayer& layer, const std::vector<std::string>& options);
/// Closing writes what is still held back. Throws SystemError.
void close_dataset(DatasetPointer dataset);

/// The time that a format insists on: SOURCE_DATE_EPOCH (seconds) if set, else the beginning of 1970.
/// "2015-06-01T00:00:00.000Z"
std::string fixed_time();

}  // namespace tendik::io
