# shell: python -m venv --without-pip e; ls e; e/bin/python -c "import sys; print(sys.prefix[-2:], sys.base_prefix, sys.executable[-13:], [p[-26:] for p in sys.path if '/e/' in p])"
# shell: python -m venv --without-pip --system-site-packages e; e/bin/python -c "import sys; print(sys.prefix != sys.base_prefix, '/usr/lib/python3/dist-packages' in sys.path)"
# shell: python -m venv --without-pip e; mkdir -p e/lib/python3.11/site-packages; echo 'x = "installed"' > e/lib/python3.11/site-packages/m.py; e/bin/python -c "import m; print(m.x)"; python -c "import m"
# shell: python -m venv --without-pip e; . e/bin/activate; python3 -c "import sys; print(sys.prefix[-2:])"
