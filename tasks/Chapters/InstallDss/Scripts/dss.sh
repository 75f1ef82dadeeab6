# shellcheck shell=bash disable=SC2154,SC2034
# What the kinds of DSS share. All of them are given: data, kits, kit, version, user, java, python, nodeType, port, unit, scheme,
# and hadoop, spark, r, graphics when these are wished for.

# dss_values: the names that all of them use.
dss_values() {
    data=${given[data]} kits=${given[kits]} kit=${given[kit]} version=${given[version]} user=${given[user]} unit=${given[unit]}
    base="${given[scheme]}://127.0.0.1:${given[port]}"
}

# dss_read: what is installed in the data directory; fails when nothing is, or when a first installation was cut.
dss_read() {
    local line
    dss_version='' dss_kit='' dss_java='' dss_node='' dss_id=''
    [ -f "$data/bin/env-default.sh" ] && [ -f "$data/dss-version.json" ] && [ ! -e "$data/DSS-INITIAL-INSTALL-IN-PROGRESS.txt" ] || return 1
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line#export }
        line=${line//[\"\']/}
        case $line in
            DKUINSTALLDIR=*) dss_kit=${line#*=} ;;
            DKUJAVABIN=*) dss_java=${line#*=} ;;
        esac
    done <"$data/bin/env-default.sh"
    [[ $(<"$data/dss-version.json") =~ \"product_version\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]] && dss_version=${BASH_REMATCH[1]}
    [ -f "$data/install.ini" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        [[ $line =~ ^[[:space:]]*(nodetype|installid)[[:space:]]*=[[:space:]]*([^[:space:]]+) ]] || continue
        if [ "${BASH_REMATCH[1]}" = nodetype ]; then dss_node=${BASH_REMATCH[2]}; else dss_id=${BASH_REMATCH[2]}; fi
    done <"$data/install.ini"
}

# dss_python: the Python of the builtin environment, as the folder of its packages says; one without such a folder is left alone.
dss_python() {
    local folder
    builtin_python=''
    for folder in "$data"/pyenv/lib/python[0-9]*; do
        [ ! -d "$folder" ] || builtin_python=${folder##*/}
    done
    if [ -z "$builtin_python" ] && [ -e "$data/pyenv/bin/python" ]; then builtin_python=${given[python]:-}; fi
}

# dss_java_home: where the wished Java is; the packages of EL 8 know several names for it.
dss_java_home() {
    local home
    java_home=''
    for home in "/usr/lib/jvm/java-${given[java]}-openjdk" "/usr/lib/jvm/jre-${given[java]}-openjdk" "/usr/lib/jvm/java-${given[java]}" "/usr/lib/jvm/jre-${given[java]}" "/usr/lib/jvm/java-${given[java]}-openjdk"*; do
        [ ! -x "$home/bin/java" ] || { java_home=$home; return 0; }
    done
    return 1
}

# dss_java_is: whether DSS runs on the wished Java.
dss_java_is() {
    [ -n "$dss_java" ] && [ -x "$dss_java" ] && dss_java_home && [ "$dss_java" -ef "$java_home/bin/java" ]
}

# dss_pid: the supervisor of DSS, when it lives. A file that a crash left behind may name somebody else's process by now.
dss_pid() {
    local word part
    pid=''
    [ -f "$data/run/supervisord.pid" ] || return 1
    read -r word <"$data/run/supervisord.pid" || [ -n "$word" ] || return 1
    [[ $word =~ ^[0-9]+$ ]] && [ -r "/proc/$word/cmdline" ] || return 1
    while IFS= read -r -d '' part; do
        [[ $part != *"$data"* ]] || { pid=$word; return 0; }
    done <"/proc/$word/cmdline"
    return 1
}

# as_dss program argument...: as the account of DSS, with an environment of its own, without a terminal. The variables "within" and "from"
# name the folder it begins in and the file it reads.
as_dss() {
    local home
    home=$(getent passwd "$user" | cut -d: -f6) || fail "There is no account $user on the machine. PrepareVm makes it: run that first."
    (
        cd -- "${within:-/}" || exit
        exec runuser -u "$user" -- env -i "HOME=$home" "USER=$user" "LOGNAME=$user" SHELL=/bin/bash LANG=en_US.UTF-8 \
            PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin ${java_home:+"JAVA_HOME=$java_home"} \
            ${given[proxy]:+"http_proxy=${given[proxy]}" "https_proxy=${given[proxy]}" "no_proxy=${given[noProxy]:-}"} "$@" <"${from:-/dev/null}" 3>&- 4>&-
    )
}

# dss_admin argument...: dssadmin, which writes into the kit as well.
dss_admin() { within=$data as_dss "$data/bin/dssadmin" "$@"; }

# dss_rest: DSS is stopped. What changes an installation must not find it running.
dss_rest() {
    if [ -e "/etc/systemd/system/$unit.service" ] || [ -e "/etc/init.d/$unit" ]; then systemctl stop "$unit" || say "systemctl could not stop $unit"; fi
    ! dss_pid || as_dss "$data/bin/dss" stop || true
    ! dss_pid || fail "DSS in $data does not stop (process $pid), and nothing may be changed in it while it runs. See $data/run/supervisord.log, end it, then run again."
}

# dss_work: the array "work" holds what is to be done to the installation while DSS is at rest.
dss_work() {
    work=()
    dss_read || return 0
    ! dss_is_newer || return 0
    if [ "$dss_version" != "$version" ]; then work+=("the upgrade from $dss_version to $version")
    elif [ "$dss_kit" != "$kit" ] || [ -e "$data/.dss-pipeline-upgrade" ]; then work+=("the move to $kit")
    elif ! dss_java_is; then work+=("the move to Java ${given[java]}")
    fi
    dss_python
    ! has python || [ "$builtin_python" = "${given[python]}" ] || work+=("the move to ${given[python]}")
    ! has hadoop || dss_has_hadoop || work+=("Hadoop")
    ! has spark || dss_has_spark || work+=("Spark")
    ! has r || dss_has_r || work+=("R")
    ! has graphics || dss_has_graphics || work+=("the export of graphics")
    ! dss_is_edited || work+=("the new configuration")
}

# dss_is_newer: what is installed is of a higher version than the wished one. The plan refuses that, and nothing is to be done for it.
dss_is_newer() {
    local there wished index
    [[ $dss_version =~ ^[0-9]+(\.[0-9]+)*$ && $version =~ ^[0-9]+(\.[0-9]+)*$ ]] || return 1
    IFS=. read -r -a there <<<"$dss_version"
    IFS=. read -r -a wished <<<"$version"
    for index in "${!there[@]}"; do
        [ "${there[index]}" = "${wished[index]:-0}" ] || { [ "${there[index]}" -gt "${wished[index]:-0}" ]; return; }
    done
    return 1
}

# dss_unread: a vault that could not be read is an error where there is a DSS to compare with; before the first run there is neither.
dss_unread() {
    has unread || return 0
    ! dss_read || fail "${given[unread]}"
    absent
}

# dss_is_edited: install.ini was written after what is generated from it.
dss_is_edited() { [ "$data/install.ini" -nt "$data/bin/env-default.sh" ]; }

dss_folder_has() {
    local first
    for first in "$1"/*; do [ ! -e "$first" ] || return 0; done
    return 1
}
