#!/usr/bin/env bash
# Makes .venv with exactly the packages of requirements.lock, after installing the system libraries that are missing.
# Run by every make target that needs it; by hand: `bash packaging/setup.sh`. Says what it does and why.
# On Debian and Ubuntu it installs (as root, or through sudo); anywhere else it names what is missing and goes on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What is looked for | Debian's package | why. `name.so.N` is looked up among the shared libraries, `>name` on the path.
# The list is what an empty Debian 12 lacked (docs/decisions/set-up.md says how it was found).
needs() {
    cat <<'LIST'
libEGL.so.1|libegl1|windows: Qt draws through EGL
libGL.so.1|libgl1|windows: Qt draws through OpenGL
libglib-2.0.so.0|libglib2.0-0|windows: Qt's event loop
libfontconfig.so.1|libfontconfig1|windows: fonts
libdbus-1.so.3|libdbus-1-3|windows: Chinese input methods and the desktop
libxkbcommon.so.0|libxkbcommon0|windows: the keyboard
libX11-xcb.so.1|libx11-xcb1|windows on X11
libxcb-cursor.so.0|libxcb-cursor0|windows on X11
libxcb-icccm.so.4|libxcb-icccm4|windows on X11
libxcb-image.so.0|libxcb-image0|windows on X11
libxcb-keysyms.so.1|libxcb-keysyms1|windows on X11
libxcb-randr.so.0|libxcb-randr0|windows on X11
libxcb-render-util.so.0|libxcb-render-util0|windows on X11
libxcb-shape.so.0|libxcb-shape0|windows on X11
libxcb-xkb.so.1|libxcb-xkb1|windows on X11
libxkbcommon-x11.so.0|libxkbcommon-x11-0|windows on X11
libwayland-cursor.so.0|libwayland-cursor0|windows on Wayland
libwayland-egl.so.1|libwayland-egl1|windows on Wayland
libgssapi_krb5.so.2|libgssapi-krb5-2|Qt's network library
libcups.so.2|libcups2|printing certificates
libpulse.so.0|libpulse0|the camera that reads QR codes
libdrm.so.2|libdrm2|the camera that reads QR codes
libXrandr.so.2|libxrandr2|the camera that reads QR codes
libpipewire-0.3.so.0|libpipewire-0.3-0|the camera that reads QR codes
libva.so.2|libva2|the camera that reads QR codes
libva-drm.so.2|libva-drm2|the camera that reads QR codes
libva-x11.so.2|libva-x11-2|the camera that reads QR codes
>pdftotext|poppler-utils|tests: a PDF read by a program that is not ours
>Xvfb|xvfb|tests: a screen where there is none
>xauth|xauth|tests: the key of that screen
>chromium|chromium|tests: the page that verifies certificates, in a real browser
LIST
}

say() { printf '%s\n' "set-up: $*"; }

libraries() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true; }

# Prints the lines of `needs` that this machine lacks.
missing() {
    local known what package why
    known=$(libraries)
    needs | while IFS='|' read -r what package why; do
        case "$what" in
            '>'*) command -v "${what#>}" >/dev/null 2>&1 || echo "$what|$package|$why" ;;
            *) [[ "$known" == *$'\t'"$what "* ]] || echo "$what|$package|$why" ;;
        esac
    done
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3" >&2
    exit 3
}

python_missing() {  # Debian's python3 comes without the part of the standard library that makes environments
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo ">venv|$("$python" -c \
        'import sys; print(f"python3.{sys.version_info.minor}-venv")')|Python's own part that makes .venv"
}

explain() {
    local what package why
    while IFS='|' read -r what package why; do say "  $package ($why)"; done <<<"$1"
}

install_system() {
    local lacking as_root=()
    lacking=$(missing; python_missing)
    [[ -n "$lacking" ]] || return 0
    say "this machine lacks:"
    explain "$lacking"
    if ! command -v apt-get >/dev/null; then
        say "this is neither Debian nor Ubuntu: please install what these packages hold there. Going on without."
        return 0
    fi
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            say "neither root nor sudo is here: please let somebody install them. Going on without."
            return 0
        fi
        as_root=(sudo)
        [[ -t 0 ]] || as_root=(sudo -n)
    fi
    local packages
    mapfile -t packages < <(cut -d'|' -f2 <<<"$lacking" | sort -u)
    say "installing them with apt-get"
    if ! { "${as_root[@]}" apt-get update -qq &&
           "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
               -o Dpkg::Use-Pty=0 "${packages[@]}" >/dev/null; }; then
        say "apt-get could not install them (its own words are above). Going on without."
    fi
    lacking=$(missing; python_missing)
    [[ -z "$lacking" ]] || { say "still missing:"; explain "$lacking"; }
}

make_environment() {
    if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        say "making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv
    fi
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
    say "installing the locked packages into .venv, each checked against its hash"
    .venv/bin/pip install --quiet --require-hashes -r requirements.lock
    .venv/bin/pip install --quiet --no-deps --no-build-isolation -e .
}

main() {
    python=$(find_python)
    install_system
    make_environment
    say "ready"
}

# Read by a test, it only defines what it would do.
[[ "${BASH_SOURCE[0]}" != "$0" ]] || main
