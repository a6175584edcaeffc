#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/read_grid.h"

#include <cpl_minixml.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace tendik::io {

/// A sheet of a file, or a table of a database.
struct SheetName {
    std::string name;
    bool filled = false;
};

/// Cells of XLSX in per cent format: one that shows 12.5 % holds 0.125, and the driver gives that. They are
/// read as they are shown, with the finding "percent-format". Formulas without a result, whose cells are
/// empty, are "formula-without-result" (warning) with the first of them.
void look_at_cells(TextGrid& grid, const std::string& path, Findings& findings);

/// The sheets of an ODS file, read from its own content. GDAL's driver (3.6) takes a run of cells that a
/// merged one covers for one cell, so that what follows stands in the wrong column, puts remarks pinned to
/// a cell into its text, and gives per cent as shares of 1.
class OpenDocument {
public:
    /// Throws InputError where the file is no whole one, or has a password.
    explicit OpenDocument(const std::string& file);

    std::vector<SheetName> sheets() const;
    /// Rows with text, all of one width, into `grid`. Cells in per cent format and formulas as in
    /// look_at_cells(). Throws InputError for a sheet that is filled to its end.
    void read(std::size_t sheet, TextGrid& grid, Findings& findings) const;

    struct XmlFree {
        void operator()(CPLXMLNode* node) const;
    };
    using Xml = std::unique_ptr<CPLXMLNode, XmlFree>;

private:
    Xml m_xml;
    std::vector<const CPLXMLNode*> m_tables;
};

}  // namespace tendik::io
