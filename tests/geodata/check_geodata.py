#!/usr/bin/python3
"""Checks the data of geodata/kazakhstan: boundaries, context, register, figures, sites, catalogue, origin.

GEODATA_FOLDER=DIR checks another folder. Needs Debian's python3-gdal and python3-geographiclib.
"""

import sys
import unittest

sys.dont_write_bytecode = True  # keep the source tree clean

from boundary_checks import Boundaries2018, BoundariesPre2018  # noqa: E402, F401
from catalogue_checks import Catalogue, Origin  # noqa: E402, F401
from context_checks import Context  # noqa: E402, F401
from figure_checks import Figures, OtherTables, Register  # noqa: E402, F401
from site_checks import Sites  # noqa: E402, F401

if __name__ == "__main__":
    unittest.main()
