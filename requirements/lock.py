"""Make the locks anew and prove that every package has a wheel on each system that U2T promises.

Run as ``./run lock``; ``--upgrade`` takes the newest versions that pyproject.toml allows. Needs uv.
No address of a package index is written into a lock: whoever installs uses their own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent / "pyproject.toml"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
)
WHEELS = ("--only-binary", ":all:")
HOW = ["--generate-hashes", "--universal", "--python-version", "3.11"]
HOW += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]


def compile_lock(*arguments: object, platform: str = "") -> None:
    """Call ``uv pip compile``; end the program with uv's own words if it finds no answer."""
    # Wheels for Macs name the oldest macOS they run on; the promise starts at 14 (Apple) and 15 (Intel).
    mac = {"MACOSX_DEPLOYMENT_TARGET": "15.0" if platform.startswith("x86_64") else "14.0"}
    command = ["uv", "pip", "compile", "--quiet", *map(str, arguments)]
    done = subprocess.run(command, check=False, text=True, capture_output=True, env={**os.environ, **mac})
    if done.returncode:
        sys.exit(f"{platform or 'No lock'}: {done.stderr.strip()}")


def main(arguments: list[str]) -> None:
    if not shutil.which("uv"):
        sys.exit("`./run lock` needs uv: https://docs.astral.sh/uv/")
    common = [*HOW, "-c", HERE / "platforms.in", *arguments]
    as_in_run = ["-c", HERE / "run.txt"]
    test = ["--group", "test"]
    compile_lock(PROJECT, *WHEELS, *common, "-o", HERE / "run.txt")
    compile_lock(PROJECT, *WHEELS, *common, *as_in_run, *test, "-o", HERE / "test.txt")
    compile_lock(PROJECT, *WHEELS, *common, *as_in_run, *test, "--group", "bench", "-o", HERE / "bench.txt")
    compile_lock("--group", f"{PROJECT}:source", "--no-deps", *common, "-o", HERE / "source.txt")
    for version in VERSIONS:
        for platform in PLATFORMS:
            target = ["--python-version", version, "--python-platform", platform, "-o", os.devnull]
            compile_lock(HERE / "bench.txt", *WHEELS, *target, platform=platform)
    print(f"The locks are new. Every package has wheels on {', '.join(PLATFORMS)} for {', '.join(VERSIONS)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
