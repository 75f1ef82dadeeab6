#!/bin/bash
# Installs what DSS needs of the operating system, or checks that it is there.
set -uo pipefail
# shellcheck source=/dev/null
source "$(dirname "$0")/../common.sh"

usage() {
    printf 'Usage: %s [-check] [-yes] [-without-java] [-without-python] [-with-r] [-with-chrome] [-with-azure] [-with-conda] [-os DISTRIB VERSION]\n' "$0" >&2
    exit 1
}

check=0 with=() distribution='' yes=()
packages=(acl expat git nginx unzip zip freetype libgfortran libgomp policycoreutils policycoreutils-python-utils fontconfig dejavu-sans-fonts glibc-langpack-en procps-ng)
java=1 python=1
while [ $# -gt 0 ]; do
    case $1 in
        -check) check=1 ;;
        -yes) yes=(-y) ;;
        -without-java) java=0 ;;
        -without-python) python=0 ;;
        -with-r) with+=(R-core-devel libicu-devel libcurl-devel openssl-devel libxml2-devel) ;;
        -with-chrome) with+=(npm gtk3 libXScrnSaver alsa-lib nss mesa-libgbm libX11-xcb) ;;
        -with-azure | -with-conda) ;;
        -os) [ $# -ge 3 ] || usage; distribution=$2; shift 2 ;;
        *) usage ;;
    esac
    shift
done

distribution=${distribution:-$(sed -n 's/^ID="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release)}
case $distribution in
    almalinux | rocky | rhel | centos | ol) ;;
    *) refuse "Unsupported distribution: $distribution" ;;
esac

java_package() {
    local number
    for number in $(javas); do [ "$number" = 8 ] || rpm -q "java-$number-openjdk-headless" >/dev/null && return; done
    printf 'java-%s-openjdk-headless' "$(javas | awk '{ print $NF }')"
}

python_package() {
    local number
    for number in $(pythons); do command -v "python$number" >/dev/null && return; done
    printf python39
}

[ "$java" = 0 ] || packages+=("$(java_package)")
[ "$python" = 0 ] || packages+=("$(python_package)")
missing=()
for package in "${packages[@]}" "${with[@]}"; do
    [ -z "$package" ] || rpm -q "$package" >/dev/null || missing+=("$package")
done

if [ "$check" = 1 ]; then
    for package in "${missing[@]}"; do printf '*** Error: package %s not found\n' "$package" >&2; done
    [ ${#missing[@]} = 0 ]
    exit
fi
[ "$(id -u)" = 0 ] || refuse "this script must be run as root"
if [ ${#missing[@]} = 0 ]; then
    printf '+ All required packages are installed\n'
    exit 0
fi
nginx_before=0
systemctl is-enabled nginx >/dev/null 2>&1 && nginx_before=1
[[ " ${missing[*]} " != *" R-core-devel "* ]] || dnf "${yes[@]}" install epel-release || exit 1
dnf "${yes[@]}" --enablerepo=powertools install "${missing[@]}" || exit 1
# DSS runs an nginx of its own.
if [ "$nginx_before" = 0 ] && systemctl is-enabled nginx >/dev/null 2>&1; then systemctl disable --now nginx; fi
printf '+ Required packages installed\n'
