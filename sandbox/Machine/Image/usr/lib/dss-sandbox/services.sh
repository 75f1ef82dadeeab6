# shellcheck shell=bash disable=SC2034,SC2154
# Starting and stopping services: their user, environment, limits and log.

# words text: the array "split" holds the words of a command line, quotes honoured.
words() { mapfile -t split < <(xargs printf '%s\n' <<<"$1" 2>/dev/null); }

# surroundings unit: the array "around" is what stands before a command of the unit.
surroundings() {
    local user home shell line file limit key
    user=$(setting Service.User root)
    IFS=: read -r user _ _ _ _ home shell < <(getent passwd "$user") || { printf 'Failed to determine user credentials: No such process\n' >&2; return 217; }
    around=(env -i "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin" LANG=en_US.UTF-8 "USER=$user" "LOGNAME=$user" "HOME=$home" "SHELL=$shell" "DSS_SANDBOX_UNIT=$1" "DSS_SANDBOX_READY=$units/$1/ready")
    while IFS= read -r line; do
        words "$line"
        [ -z "$line" ] || around+=("${split[@]}")
    done <<<"${unit_values[Service.Environment]:-}"
    while IFS= read -r file; do
        [ -n "$file" ] || continue
        if [ ! -r "${file#-}" ]; then
            [ "$file" != "${file#-}" ] && continue
            printf 'Failed to load environment files: No such file or directory\n' >&2
            return 1
        fi
        while IFS= read -r line; do
            words "$line"
            [[ ${split[0]:-} != [A-Za-z_]*=* ]] || around+=("${split[0]}")
        done < <(grep -v '^[[:space:]]*[#;]' "${file#-}")
    done <<<"${unit_values[Service.EnvironmentFile]:-}"
    around+=(prlimit)
    for key in NOFILE NPROC CORE MEMLOCK; do
        limit=$(setting "Service.Limit$key")
        [ -z "$limit" ] || around+=("--${key,,}=$(allowed "$key" "$limit")")
    done
    [ "${around[-1]}" != prlimit ] || unset 'around[-1]'
    [ "$user" = root ] || around+=(setpriv "--reuid=$user" "--regid=$(group_of "$user")" --init-groups --inh-caps=-all --)
}

# allowed key limit: the limit, or what this process may give at most, where the host keeps it from more.
allowed() {
    local most
    case $1 in
        NOFILE) most=$(ulimit -Hn) ;;
        NPROC) most=$(ulimit -Hu) ;;
        CORE) most=$(ulimit -Hc) ;;
        *) most=$(ulimit -Hl) ;;
    esac
    if [ "$most" != unlimited ] && { [ "$2" = infinity ] || [ "$2" -gt "$most" ]; }; then printf '%s' "$most"; else printf '%s' "${2/infinity/unlimited}"; fi
}

group_of() {
    local group
    group=$(setting Service.Group)
    printf '%s' "${group:-$(id -g "$1")}"
}

# let_go: of every file that the caller of systemctl had open.
let_go() {
    local fd
    for fd in /proc/self/fd/*; do
        fd=${fd##*/}
        [ "$fd" -le 2 ] || eval "exec $fd>&-"
    done
}

# inside unit command: in a session of its own, no file descriptors but a log, not as part of what called systemctl.
inside() {
    local unit=$1 folder
    surroundings "$unit" || return
    words "${2/\$MAINPID/$main}"
    # A prefix of the command: "-" lets it fail, the others do not matter here.
    split[0]=${split[0]#[-@+!:]}
    folder=$(setting Service.WorkingDirectory /)
    mkdir -p "$unit_logs"
    (
        let_go
        cd "${folder#-}" 2>/dev/null || exit 200
        umask "$(setting Service.UMask 0022)"
        exec setsid --wait "${around[@]}" "${split[@]}"
    ) </dev/null >>"$unit_logs/$unit.log" 2>&1
}

# each_command unit key: runs the commands of a key, one after another.
each_command() {
    local line
    while IFS= read -r line <&8; do
        [ -z "$line" ] || inside "$1" "$line" || [[ $line == -* ]] || return
    done 8<<<"${unit_values[Service.$2]:-}"
}

start_unit() {
    local unit=$1 type code=0
    load "$unit" || { printf 'Failed to start %s: Unit %s not found.\n' "$unit" "$unit" >&2; return 5; }
    [[ ! $fragment -ef /dev/null ]] || { printf 'Failed to start %s: Unit %s is masked.\n' "$unit" "$unit" >&2; return 1; }
    recall "$unit"
    [ "$state" != active ] || return 0
    [[ $unit == *.service ]] || { remember "$unit" active active 0; return 0; }
    restarts=0 main=0
    rm -f "$units/$unit/ready" "$units/$unit/stopping"
    remember "$unit" activating start 0
    each_command "$unit" ExecStartPre || code=$?
    type=$(setting Service.Type simple)
    if [ "$code" = 0 ]; then
        case $type in
            forking | oneshot) each_command "$unit" ExecStart || code=$? ;;
            *) begin "$unit" "$type" || code=$? ;;
        esac
    fi
    if [ "$code" != 0 ]; then
        touch "$units/$unit/stopping"
        sweep "$unit"
        remember "$unit" failed failed 0 "$code"
        printf 'Job for %s failed because the control process exited with error code.\nSee "systemctl status %s" and "journalctl -xe" for details.\n' "$unit" "$unit" >&2
        return 1
    fi
    case $type in
        oneshot) if [[ $(setting Service.RemainAfterExit) =~ ^(yes|true|1)$ ]]; then remember "$unit" active exited 0; else remember "$unit" inactive dead 0; fi ;;
        forking)
            main=$(cat "$(setting Service.PIDFile /dev/null)" 2>/dev/null) || main=''
            [ -n "$main" ] || main=$(tagged "$unit" | sort -n | head -n 1)
            if [ -n "$main" ]; then remember "$unit" active running "$main"; else remember "$unit" active exited 0; fi
            ;;
    esac
    each_command "$unit" ExecStartPost || true
}

# begin unit type: a keeper starts the main process, writes down how it ends and starts it again where the unit says so.
begin() {
    local unit=$1 tries=0
    (
        let_go
        exec setsid -f /usr/lib/dss-sandbox/keeper "$unit"
    ) </dev/null >>"$unit_logs/keeper.log" 2>&1
    while :; do
        recall "$unit"
        case $state in
            failed) return 1 ;;
            active) if [ "$2" != notify ] || [ -e "$units/$unit/ready" ]; then return 0; fi ;;
        esac
        tries=$((tries + 1))
        [ "$tries" -lt 2000 ] || return 1
        sleep 0.02
    done
}

stop_unit() {
    local unit=$1
    load "$unit" || { printf 'Failed to stop %s: Unit %s not loaded.\n' "$unit" "$unit" >&2; return 5; }
    recall "$unit"
    if [ "$state" = inactive ]; then return 0; fi
    touch "$units/$unit/stopping"
    [ "$state" != active ] || each_command "$unit" ExecStop || true
    sweep "$unit"
    remember "$unit" inactive dead 0
}

# sweep unit: what is left of its processes is told to end, and then ended.
sweep() {
    local left tries=0
    left=$(tagged "$1")
    while [ -n "$left" ]; do
        # shellcheck disable=SC2086  # a list of numbers
        if [ "$tries" -lt 100 ]; then kill -TERM $left 2>/dev/null; else kill -KILL $left 2>/dev/null; fi
        sleep 0.03
        tries=$((tries + 1))
        left=$(tagged "$1")
    done
    tries=$(cat "$units/$1/keeper" 2>/dev/null) || return 0
    while [ -d "/proc/$tries" ] && grep -qs "keeper" "/proc/$tries/cmdline"; do sleep 0.01; done
    rm -f "$units/$1/keeper"
}
