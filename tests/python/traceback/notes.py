"""Notes below an uncaught exception, several lines and odd values."""

class Detailed(Exception):
    def __str__(self):
        return "first line\nsecond line"

try:
    raise Detailed("hidden")
except Detailed as error:
    error.add_note("a note")
    error.add_note("a note\nof two lines")
    error.add_note("")
    raise
