# shellcheck shell=bash disable=SC2154
# dssBoot: the unit that starts DSS at boot, as the kit's install-boot.sh writes it. Before DSS 13 that was an init script, which must not stay beside the unit.

look_dssBoot() {
    dss_values
    if ! dss_read || [ ! -f "/etc/systemd/system/$unit.service" ]; then absent; fi
    local text
    text=$(<"/etc/systemd/system/$unit.service")
    if [ -f "/etc/dataiku/$dss_id/dataiku-boot.conf" ]; then text+=$(<"/etc/dataiku/$dss_id/dataiku-boot.conf"); fi
    if [[ $text == *"$data"* ]]; then tell dataDirectory "$data"; else tell dataDirectory another; fi
    if [[ $text == *"$user"* ]]; then tell account "$user"; else tell account another; fi
    if [ -e "/etc/init.d/$unit" ]; then tell initScript "in the way"; else tell initScript none; fi
}

make_dssBoot() {
    local options=()
    dss_values
    dss_read || fail "There is no DSS in $data any more."
    [ -f "$kit/scripts/install/install-boot.sh" ] || fail "$kit holds no scripts/install/install-boot.sh. Remove that folder, then run again: the kit is unpacked anew."
    [ "$unit" = dataiku ] || options=(-n "${unit#dataiku.}")
    bash "$kit/scripts/install/install-boot.sh" "${options[@]}" "$data" "$user"
    rm -f -- "/etc/init.d/$unit" "/etc/sysconfig/$unit"
    systemctl daemon-reload
}

drop_dssBoot() { :; }
