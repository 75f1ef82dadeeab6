# shellcheck shell=bash disable=SC2034
# Units as systemd reads them: a file and its drop-ins, kept as they were loaded until daemon-reload.

units=/run/dss-sandbox/units
unit_logs=/var/log/dss-sandbox
unit_folders=(/etc/systemd/system /run/systemd/system /usr/lib/systemd/system)
declare -A unit_values=()

# full_name unit: its name with the kind of unit is in "name".
full_name() {
    case $1 in
        *.service | *.target | *.socket | *.timer | *.mount) name=$1 ;;
        *) name=$1.service ;;
    esac
}

# unit_file unit: the path of its file is in "fragment".
unit_file() {
    local folder
    fragment=''
    for folder in "${unit_folders[@]}"; do
        if [ -e "$folder/$1" ] || [ -L "$folder/$1" ]; then
            fragment=$folder/$1
            return 0
        fi
    done
    return 1
}

# sources unit: the file and its drop-ins are in the array "found", the drop-ins by their names.
sources() {
    local folder file
    local -A drops=()
    found=("$fragment")
    for folder in "${unit_folders[@]}"; do
        for file in "$folder/$1.d"/*.conf; do
            [ -f "$file" ] && drops[${file##*/}]=${drops[${file##*/}]:-$file}
        done
    done
    [ ${#drops[@]} = 0 ] || while IFS= read -r file; do found+=("${drops[$file]}"); done < <(printf '%s\n' "${!drops[@]}" | sort)
    return 0
}

stamp() { # what the files of the unit are now is in "stamped"
    stamped=$(stat -L -c '%n %Y %s' -- "${found[@]}" 2>/dev/null)
}

# load unit: the map "unit_values" holds the directives as "Section.Key"; several values are parted by line feeds.
load() {
    local line section='' key value text='' home=$units/$1 known
    unit_values=()
    stale=no
    unit_file "$1" || return 1
    sources "$1"
    stamp
    if [ -f "$home/stamp" ]; then
        IFS= read -r -d '' known <"$home/stamp" || true
        [ "$known" = "$stamped" ] || stale=yes
        [ ! -f "$home/text" ] || IFS= read -r -d '' text <"$home/text" || true
    fi
    if [ -z "$text" ]; then
        text=$(awk 'FNR == 1 && NR > 1 { print "" } { print }' "${found[@]}" 2>/dev/null)
        if [ "$EUID" = 0 ]; then
            mkdir -p "$home"
            printf '%s\n' "$text" >"$home/text"
            printf '%s' "$stamped" >"$home/stamp"
        fi
    fi
    text=${text//$'\\\n'/ }
    while IFS= read -r line; do
        case $line in
            '' | '#'* | ';'*) ;;
            '['*']') section=${line#[} section=${section%]} ;;
            *=*)
                key=$section.${line%%=*}
                key=${key%"${key##*[![:space:]]}"}
                value=${line#*=}
                value=${value#"${value%%[![:space:]]*}"}
                if [ -z "$value" ]; then unit_values[$key]=''; else unit_values[$key]+="${unit_values[$key]:+$'\n'}${value//%n/$1}"; fi
                ;;
        esac
    done <<<"$text"
}

# directive key [default]: its last value is in "answer".
directive() {
    answer=${unit_values[$1]:-${2:-}}
    answer=${answer##*$'\n'}
}

setting() {
    local answer
    directive "$@"
    printf '%s' "$answer"
}

# recall unit: what became of it is in state, main, since, mono, restarts.
recall() {
    local home=$units/$1 began beginning
    state=inactive sub=dead main=0 since=0 mono=0 restarts=0 code=0
    [ ! -f "$home/state" ] || read -r state sub main began since mono restarts code <"$home/state" || true
    [ "$state" = active ] && [ "$main" != 0 ] || return 0
    began_at "$main"
    [ "$beginning" = "$began" ] && return 0
    # The main process is gone and no keeper told how.
    state=failed sub=failed main=0
    [ ! -w "$home" ] || remember "$1" failed failed 0
}

# began_at pid: "beginning" is when it began, which tells it from another one of the same number.
began_at() {
    local line split
    beginning=''
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
    read -ra split <<<"${line##*) }"
    [ "${split[0]}" != Z ] || return 0
    beginning=${split[19]}
}

# remember unit state substate pid [code]
remember() {
    local home=$units/$1 up now beginning=0
    mkdir -p "$home"
    read -r up _ </proc/uptime
    printf -v now '%(%s)T'
    [ "$4" = 0 ] || began_at "$4"
    printf '%s %s %s %s %s %s %s %s\n' "$2" "$3" "$4" "${beginning:-0}" "$now" "${up/./}0000" "${restarts:-0}" "${5:-0}" >"$home/state.new"
    mv -f "$home/state.new" "$home/state"
}

# tagged unit: the processes that belong to it.
tagged() {
    local file
    while IFS= read -r file; do
        file=${file#/proc/}
        printf '%s\n' "${file%/environ}"
    done < <(grep -lzxF -e "DSS_SANDBOX_UNIT=$1" /proc/[0-9]*/environ 2>/dev/null)
}

# enabled_state unit: whether it starts with the machine is in "answer".
enabled_state() {
    local link
    answer=''
    unit_file "$1" || return 1
    answer=masked
    [[ $fragment -ef /dev/null ]] && return
    answer=enabled
    for link in /etc/systemd/system/*.wants/"$1" /etc/systemd/system/*.requires/"$1"; do
        [ -L "$link" ] && return
    done
    if [ -n "${unit_values[Install.WantedBy]:-}" ]; then answer=disabled; else answer=static; fi
}
