"""The Debian packages that hold the base data: downloaded, checked by digest, unpacked, never installed."""

import hashlib
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path


class GeodataError(RuntimeError):
    """Something that stops the build; the text says what, where and what to do next."""


@dataclass(frozen=True)
class Pin:
    name: str
    version: str
    sha256: str  # of the .deb
    file: str  # path inside the package
    beside: tuple = ()  # further paths that the file cannot be read without

    @property
    def deb_name(self):
        # apt writes the colon of an epoch as %3a
        return f"{self.name}_{self.version.replace(':', '%3a')}_all.deb"


def read_pins(origin_path):
    """The [[package]] entries of ORIGIN.toml, by package name."""
    try:
        document = tomllib.loads(origin_path.read_text(encoding="utf-8"))
        return {
            entry["name"]: Pin(
                *(entry[key] for key in ("name", "version", "sha256", "file")), tuple(entry.get("beside", ()))
            )
            for entry in document["package"]
        }
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise GeodataError(f"cannot read the pinned packages from '{origin_path}': {error}") from error


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def base_file(pin, cache, given_folder=None):
    """Path of the pinned file, unpacked below `cache`; the .deb comes from `given_folder` or from apt."""
    deb = _given_deb(pin, given_folder) if given_folder else _downloaded_deb(pin, cache)
    folder = cache / f"{pin.name}_{pin.sha256[:16]}"
    wanted = {file: folder / file for file in (*pin.beside, pin.file)}
    if all(path.is_file() for path in wanted.values()):
        return wanted[pin.file]
    # Unpacked aside and moved when whole, so that an interrupted run leaves no half file under the final name.
    with tempfile.TemporaryDirectory(dir=cache, prefix="unpacking-") as aside:
        _run(["dpkg", "-x", deb, aside], f"cannot unpack '{deb}'", "is dpkg installed, is the disk full?")
        for file in wanted:
            if not (Path(aside) / file).is_file():
                raise GeodataError(f"package '{deb.name}' holds no file '{file}'")
        for file, path in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            (Path(aside) / file).replace(path)
    return wanted[pin.file]


def _given_deb(pin, folder):
    # apt writes an epoch as %3a, archives leave it out
    plain_name = f"{pin.name}_{pin.version.split(':')[-1]}_all.deb"
    for name in (pin.deb_name, plain_name):
        if (folder / name).is_file():
            _demand_digest(pin, folder / name)
            return folder / name
    raise GeodataError(
        f"folder '{folder}' holds no '{pin.deb_name}'\n"
        f"hint: put version {pin.version} of package {pin.name} there, or leave out --packages"
    )


def _downloaded_deb(pin, cache):
    deb = cache / pin.deb_name
    if deb.is_file():
        _demand_digest(pin, deb, "remove the file to have it downloaded again")
        return deb
    # A folder of its own, so that an interrupted or a second download never leaves half a file behind.
    with tempfile.TemporaryDirectory(dir=cache, prefix="incoming-") as incoming:
        _apt_download(pin, incoming)
        arrived = Path(incoming) / pin.deb_name
        if not arrived.is_file():
            raise GeodataError(f"apt-get download left no '{pin.deb_name}'")
        _demand_digest(pin, arrived)
        arrived.replace(deb)
    return deb


def _apt_download(pin, folder):
    hint = (
        "apt knows no such version or cannot reach its archive. Run 'apt-get update' and look at "
        f"'apt-cache policy {pin.name}'.\n"
        f"  Without a network, or once Debian has replaced this version, get {pin.deb_name} elsewhere\n"
        "  (Debian's snapshot archive keeps every version) and pass its folder with --packages DIR"
    )
    _run(
        ["apt-get", "download", "--quiet", f"{pin.name}={pin.version}"],
        f"cannot download package {pin.name} in version {pin.version}",
        hint,
        folder,
    )


def _demand_digest(
    pin, deb, advice="do not use this file: it is not the package that the recipe was written for"
):
    found = sha256_of(deb)
    if found != pin.sha256:
        raise GeodataError(
            f"'{deb}' has a wrong digest\n  expected {pin.sha256}\n  found    {found}\nhint: {advice}"
        )


def _run(command, what, hint, folder=None):
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise GeodataError(f"{what}: {error}\nhint: {hint}") from error
    if done.returncode != 0:
        said = "\n".join(
            "  " + line for line in done.stderr.strip().splitlines() if not line.startswith("W:")
        )
        raise GeodataError(f"{what}\n{said}\nhint: {hint}")
