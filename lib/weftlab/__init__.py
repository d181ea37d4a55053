"""weft's own tools: building both programs, comparing runs of them, and the test runner."""

import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build")

# The Python that weft is compared with.
ORACLE = "/usr/bin/python3.11"

# Mode -> name of its program.
PROGRAMS = {"gil": "weft", "free": "weftt"}


def program_path(preset):
    """The program that a CMake preset builds: 'gil', 'free', 'gil-debug', 'free-tsan', ..."""
    mode, _, flavour = preset.partition("-")
    folder = os.path.join(BUILD, preset) if flavour else BUILD
    return os.path.join(folder, PROGRAMS[mode])
