#!/usr/bin/python3
"""The report of an atlas in a browser: report_page_test.py REPORT PARTS PICTURES. Without Node.js or a browser: 77."""
import shutil
import subprocess
import sys

import scene


def main():
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        scene.skip("Node.js is not installed; install nodejs")
    script = scene.SOURCE / "tests" / "site" / "report_test.mjs"
    return subprocess.run([node, script, *sys.argv[1:4]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
