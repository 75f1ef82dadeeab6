#!/bin/bash
# Installs DSS into a data directory, or upgrades one.
# shellcheck disable=SC2034,SC2154  # names of common.sh
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=/dev/null
source "$here/scripts/common.sh"
# shellcheck source=/dev/null
source "$here/scripts/install/datadir.sh"

usage() {
    printf 'Usage: %s -d DATA_DIR -p PORT [-l LICENSE_FILE] [-t NODE_TYPE] [-P PYTHON] [-s SIZE] [-n] [-y]\n       %s -d DATA_DIR -u [-n] [-y]\n' "$0" "$0" >&2
    exit 1
}

data='' port='' license='' node='' upgrade=0 yes=0 check=1 python='' size=auto
while getopts "d:p:l:t:P:s:uynhC" option; do
    case $option in
        d) data=$OPTARG ;;
        p) port=$OPTARG ;;
        l) license=$OPTARG ;;
        t) node=$OPTARG ;;
        P) python=$OPTARG ;;
        s) size=$OPTARG ;;
        u) upgrade=1 ;;
        y) yes=1 ;;
        n) check=0 ;;
        C) ;;
        *) usage ;;
    esac
done
[ "$OPTIND" -gt $# ] || usage

[ "$(id -u)" != 0 ] || refuse "the DSS installer must not be run as root"
[ -n "$data" ] || usage
[[ $data == /* ]] || data=$PWD/$data
if [ "$upgrade" = 1 ]; then
    [ -z "$port" ] || refuse "-p may not be given with -u: an upgrade keeps the port"
    [ -z "$license" ] || refuse "-l may not be given with -u"
else
    if ! [[ $port =~ ^[0-9]+$ ]] || [ "$port" -lt 1024 ] || [ "$port" -gt 65535 ]; then usage; fi
fi
case ${node:=design} in
    design | automation | deployer | govern | api) ;;
    apideployer) node=deployer ;;
    *) refuse "unknown node type: $node" ;;
esac
[ -z "$license" ] || [ -r "$license" ] || refuse "license file not found: $license"

say "*********************************************"
say "*           Dataiku DSS installer           *"
say "*********************************************"

if [ "$check" = 1 ] && ! "$kit/scripts/install/install-deps.sh" -check; then
    printf '\n*** Error: required dependencies are missing.\n*** To install them, run the following command as root, or use -n to skip this check:\n\n    sudo -i "%s/scripts/install/install-deps.sh" \n\n' "$kit" >&2
    exit 1
fi
find_java
if [ "$upgrade" = 1 ]; then upgrade_data; else install_data; fi
