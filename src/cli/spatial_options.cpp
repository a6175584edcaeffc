#include "spatial_options.h"

#include "shared_options.h"

namespace tendik::cli {

void declare_weights(CLI::App& app, WeightsChoice& choice) {
    app.add_option(
           "--weights", choice.spec,
           "Neighbours: queen, rook, border (by length), knn:4, band:150km, band (as far as every region "
           "needs), inverse:150km, kernel:gaussian:150km, kernel:quartic:5 (as wide as to the 5th nearest), "
           "delaunay, gabriel, relative-neighbour (of label points; degrees are places on a sphere), "
           "gravity:2 (people of both over distance squared), or a .gal, .gwt, .json file")
        ->type_name("SPEC")
        ->capture_default_str();
    auto* order = app.add_option("--higher-order", choice.order, "Neighbours in as many steps")
                      ->type_name("K")
                      ->check(whole_number(1, 100))
                      ->capture_default_str();
    app.add_flag("--lower-orders", choice.with_lower_orders, "With --higher-order: in up to as many steps")
        ->needs(order);
    app.add_option("--snap", choice.snap,
                   "Distance at which borders touch, in units of the coordinates; about 1.5e-8 without it")
        ->type_name("DISTANCE");
}

}  // namespace tendik::cli
