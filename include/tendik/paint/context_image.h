#pragma once

#include "tendik/geom/shape.h"
#include "tendik/geom/tile_number.h"
#include "tendik/model/context.h"
#include "tendik/paint/region_image.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tendik::paint {

/// What lies round and below the regions in one tile, in the colours of the page.
struct ContextImages {
    Image under;  ///< sea, neighbours and the borders between them; transparent beyond the window of the
                  ///< source
    Image over;   ///< lakes, rivers and shores; transparent elsewhere
};

/// Neighbours, lakes and rivers on the plane of the tiles; towns and names are left to maps with letters.
class ContextPainter {
public:
    explicit ContextPainter(const std::vector<ContextLayer>& layers);

    /// Features appear at the zoom that first_zoom says of tiles of 512 pixels; those of 256 are a zoom
    /// behind. Outlines with years are paler and their shores dashed. Equal at the common side of two tiles.
    ContextImages paint(const TileNumber& tile, std::size_t size_px, std::size_t oversampling) const;

private:
    /// On the unit square of the Mercator plane.
    struct Figure {
        ContextKind kind = ContextKind::neighbours;
        std::uint32_t first_zoom = 0;
        bool dated = false;
        int rank = 1;
        Shape shape;
        std::vector<Line> lines;  ///< of rivers, and the rings of shapes
        Box box;
    };
    std::vector<Figure> m_figures;
    std::optional<Shape> m_window;
};

/// Puts `over` on the image, which has the same size: over it where it is not transparent, else below.
void lay_over(Image& image, const Image& over);
void lay_under(Image& image, const Image& under);

}  // namespace tendik::paint
