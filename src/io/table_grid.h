#pragma once

#include "csv_rows.h"
#include "tendik/io/read_table.h"

namespace tendik::io {

/// The rows of any source as text: CSV, a sheet, a table of OGR. Throws InputError as read_table.h says.
TextGrid read_grid(const TableSource& source, Findings& findings);

}  // namespace tendik::io
