# Installs the Debian packages of packages.txt that are missing; sourced by ./run, ./test and fuzz/run, silent when all are there.

# weft_setup ROOT [PACKAGE...]: those named are wanted too.
weft_setup() {
  local list=$1/lib/weftlab/packages.txt wanted missing
  shift
  command -v dpkg-query >/dev/null || return 0      # not Debian: the configure step says what it misses
  wanted=$({ sed 's/#.*//' "$list"; printf '%s\n' "$@"; } | tr -s ' \n' '\n\n' | sed '/^$/d' | sort -u)
  # shellcheck disable=SC2086 -- one word a package is what is meant
  missing=$(comm -23 <(echo "$wanted") \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u))
  [ -n "$missing" ] || return 0
  missing=$(echo $missing)

  local apt=(apt-get)
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
      echo "weft: these packages are missing, and only root may install them:" >&2
      echo "    sudo apt-get install $missing" >&2
      return 69
    fi
    apt=(sudo apt-get)
  fi
  echo "weft: installing $missing" >&2
  local log
  log=$(mktemp)
  # shellcheck disable=SC2086
  if ! { "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends $missing; } \
      >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    echo "weft: these packages are missing and could not be installed: $missing" >&2
    rm -f "$log"
    return 69
  fi
  rm -f "$log"
}
