"""GDAL and GEOS from the wheels of pyogrio and shapely, with a short list of allowed drivers.

Debian 12 has GDAL 3.6, which cannot refuse files and URLs that a spatial reference names (Django's check `gis.W001`). The wheels
carry a newer one, and GDAL_SKIP leaves only the formats that people may bring: a file called `.geojson` that holds VRT XML would
otherwise read other files of this machine.
"""

import ctypes
import os
from importlib.util import find_spec
from pathlib import Path

ALLOWED_DRIVERS = ("GeoJSON", "ESRI Shapefile", "GPKG")


def wheel_library(package: str, prefix: str) -> str:
    """The path of a shared library that the wheel of `package` carries."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed: its wheel carries {prefix}")
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    found = sorted(folder.glob(f"{prefix}-*.so*"))
    if not found:
        raise RuntimeError(f"no {prefix} in {folder}: install {package} from its wheel")
    return str(found[0])


def gdal_library() -> str:
    """The path of GDAL, after telling it which drivers to skip and where PROJ's data is."""
    spec = find_spec("pyogrio")
    if spec is not None and spec.origin is not None:
        data = Path(spec.origin).parent
        os.environ.setdefault("GDAL_DATA", str(data / "gdal_data"))
        os.environ.setdefault("PROJ_DATA", str(data / "proj_data"))
        os.environ.setdefault("PROJ_LIB", str(data / "proj_data"))
    os.environ.setdefault("PROJ_NETWORK", "OFF")
    path = wheel_library("pyogrio", "libgdal")
    # A parent process may have set it: then the drivers that it skips would not be counted, and come back.
    os.environ.pop("GDAL_SKIP", None)
    os.environ["GDAL_SKIP"] = ",".join(_driver_names(path) - set(ALLOWED_DRIVERS))
    return path


def geos_library() -> str:
    """The path of GEOS's C interface."""
    return wheel_library("shapely", "libgeos_c")


def _driver_names(path: str) -> set[str]:
    gdal = ctypes.CDLL(path)
    gdal.GDALAllRegister()
    gdal.GDALGetDriver.restype = ctypes.c_void_p
    gdal.GDALGetDriverShortName.restype = ctypes.c_char_p
    gdal.GDALGetDriverShortName.argtypes = [ctypes.c_void_p]
    gdal.GDALDeregisterDriver.argtypes = [ctypes.c_void_p]
    drivers = [gdal.GDALGetDriver(n) for n in range(gdal.GDALGetDriverCount())]
    names = {gdal.GDALGetDriverShortName(driver).decode(): driver for driver in drivers}
    for name, driver in names.items():
        if name not in ALLOWED_DRIVERS:
            gdal.GDALDeregisterDriver(driver)
    return set(names)
