#!/bin/bash
# Makes DSS start with the machine: install-boot.sh [-n NAME] DATA_DIR DSS_USER
set -uo pipefail
# shellcheck source=/dev/null
source "$(dirname "$0")/../common.sh"
name=''
if [ "${1:-}" = -n ]; then
    name=${2:-}
    shift 2 || true
fi
[ $# = 2 ] || { printf 'Usage: %s [-n NAME] DATA_DIR DSS_USER\n' "$0" >&2; exit 1; }
data=$1 user=$2
[ "$(id -u)" = 0 ] || refuse "this script must be run as root"
[ -e "$data/bin/env-default.sh" ] || refuse "$data holds no DSS installation"
id -u "$user" >/dev/null 2>&1 || refuse "unknown user: $user"
id=$(ini "$data/install.ini" general installid)
unit=dataiku${name:+.$name}.service
mkdir -p "/etc/dataiku/$id"
[ -e "/etc/dataiku/$id/dataiku-boot.conf" ] || printf '# Settings of the boot service\nDSS_CGROUPS=""\n' >"/etc/dataiku/$id/dataiku-boot.conf"
cat >"/etc/systemd/system/$unit.new" <<EOT
[Unit]
Description=Dataiku DSS ($data)
After=network.target

[Service]
Type=forking
User=$user
EnvironmentFile=-/etc/dataiku/$id/dataiku-boot.conf
PIDFile=$data/run/supervisord.pid
ExecStart=$data/bin/dss start
ExecStop=$data/bin/dss stop
TimeoutStartSec=300

[Install]
WantedBy=multi-user.target
EOT
mv -f "/etc/systemd/system/$unit.new" "/etc/systemd/system/$unit"
systemctl daemon-reload
systemctl enable "$unit" || exit 1
printf '+ Boot service %s installed. Start DSS with: systemctl start %s\n' "$unit" "${unit%.service}"
