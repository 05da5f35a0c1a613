# packages.sh - install Debian packages without a prompt; to be sourced by ./run and ./check.
#
# install_packages WHY FILE...  installs what the files list and is missing, with progress.
# Says in one sentence what to do when it cannot.

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

wanted() { sed -e 's/#.*//' -e '/^ *$/d' "$@"; }

# Those of the list that are not installed, on one line.
missing() {
    have=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii //p')
    for p in $(wanted "$@"); do
        case "
$have
" in *"
$p
"*) ;; *) printf '%s ' "$p" ;; esac
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo -- "$@"
    else
        stop "Debian packages are missing ($need): run this as root, or install sudo first."
    fi
}

# Nothing that is installed here starts a service by itself.
hold_services() {
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        as_root sh -c 'printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d'
        held=yes
    fi
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        as_root sh -c 'mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf'
    fi
}
release_services() {
    [ "${held:-no}" = no ] || as_root rm -f /usr/sbin/policy-rc.d
    held=no
}

install_packages() {
    why=$1
    shift
    command -v dpkg-query >/dev/null 2>&1 || stop "This needs Debian 12 (bookworm): there is no dpkg here."
    need=$(missing "$@")
    [ -n "$need" ] || return 0
    say "Installing what $why needs: $need"
    begun=$(date +%s)
    log=$(mktemp)
    trap 'release_services; rm -f "$log"' EXIT
    hold_services
    export DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8
    # Lists that are there already may do: that some were not fetched is said if the rest fails.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o APT::Update::Error-Mode=any update >"$log" 2>&1 ||
        lists=old
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $need 2>&1 |
        tee "$log" | awk '/^(Get:|Setting up)/ { n++; if (n % 10 == 0) { printf "  … %d steps\n", n; fflush() } }' || true
    [ -z "$(missing "$@")" ] || [ "${lists:-new}" = new ] ||
        stop "The packages could not be fetched: check the network and /etc/apt/sources.list, then run this again."
    [ -z "$(missing "$@")" ] ||
        { tail -n 5 "$log" >&2; stop "Some packages could not be installed ($(missing "$@")): see the lines above, then run this again."; }
    release_services
    rm -f "$log"
    trap - EXIT
    say "  installed in $(($(date +%s) - begun)) s"
}
