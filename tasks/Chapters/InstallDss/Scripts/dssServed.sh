# shellcheck shell=bash disable=SC2154
# dssServed: front (a port that is asked instead of DSS's own). Where DSS is served, and the certificate that is shown there. Nothing is made.

look_dssServed() {
    dss_values
    if ! dss_read || ! dss_pid; then absent; fi
    dss_port
    local at=${given[front]:-$port} shown=''
    shown=$(timeout 5 openssl s_client -connect "127.0.0.1:$at" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 2>/dev/null) || shown=''
    tell port "$at"
    [ -z "$shown" ] || tell fingerprint "${shown#*=}"
}

# dss_port: the variable "port" is the one in DSS's own settings; without one there it is the wished one.
dss_port() {
    local line section=''
    port=${given[port]}
    while IFS= read -r line || [ -n "$line" ]; do
        [[ $line =~ ^\[([a-z]+)\] ]] && section=${BASH_REMATCH[1]}
        if [ "$section" = server ] && [[ $line =~ ^[[:space:]]*port[[:space:]]*=[[:space:]]*([0-9]+) ]]; then port=${BASH_REMATCH[1]}; fi
    done <"$data/install.ini"
}

make_dssServed() { :; }

drop_dssServed() { :; }
