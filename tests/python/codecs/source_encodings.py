# command: $DATA/latin1.py
# command: $DATA/utf8bom.py
# command: $DATA/badutf8.py
# command: $DATA/badcoding.py
# command: $DATA/bom_and_cookie.py
# command: $DATA/crlf.py
# command: $DATA/cr_only.py
# command: $DATA/no_newline.py
# command: $DATA/form_feed.py
# command: $DATA/nul.py
# command: $DATA/empty.py
# command: $DATA/second_line_cookie.py
# command: $DATA/long_line.py
"""Source files in several encodings and line endings: see the data folder."""
