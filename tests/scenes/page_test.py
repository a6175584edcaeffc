#!/usr/bin/python3
"""The page of an atlas in a browser: page_test.py SITE PARTS PICTURES. Without Node.js or a browser: 77."""
import shutil
import subprocess
import sys

import scene


def test_page(site, parts, pictures):
    """The exit code of the browser's test."""
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        scene.skip("Node.js is not installed; install nodejs")
    script = scene.SOURCE / "tests" / "site" / "page_test.mjs"
    return subprocess.run([node, script, site, parts, pictures], check=False).returncode


if __name__ == "__main__":
    sys.exit(test_page(*sys.argv[1:4]))
