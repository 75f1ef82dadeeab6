# shellcheck shell=bash disable=SC2034,SC2154
# What systemctl is asked to do.

case $verb in
    start | stop | restart | reload | try-restart)
        as_root
        if [ "$block" = 0 ]; then
            for_each change "$verb" </dev/null >/dev/null 2>&1 &
            exit 0
        fi
        for_each change "$verb"
        ;;
    reload-or-restart | force-reload) as_root; for_each change restart ;;
    enable)
        as_root
        for_each enable_unit || exit 1
        [ "$now" = 0 ] || for_each change start
        ;;
    disable)
        as_root
        for_each disable_unit || exit 1
        [ "$now" = 0 ] || for_each change stop
        ;;
    mask) as_root; for unit in "${asked[@]}"; do ln -sfn /dev/null "/etc/systemd/system/$unit"; done ;;
    unmask) as_root; for unit in "${asked[@]}"; do [ "$(readlink "/etc/systemd/system/$unit")" != /dev/null ] || rm -f "/etc/systemd/system/$unit"; done ;;
    is-active) tell_active active ;;
    is-failed) tell_active failed ;;
    is-enabled)
        result=1
        for unit in "${asked[@]}"; do
            load "$unit" || { printf 'Failed to get unit file state for %s: No such file or directory\n' "$unit" >&2; continue; }
            enabled_state "$unit"
            [ "$quiet" = 1 ] || printf '%s\n' "$answer"
            case $answer in enabled | static) result=0 ;; esac
        done
        exit "$result"
        ;;
    is-system-running) printf 'running\n' ;;
    show)
        properties=${properties:-,Id,LoadState,ActiveState,SubState,MainPID,UnitFileState,FragmentPath,NeedDaemonReload}
        first=1
        for unit in "${asked[@]}"; do
            [ "$first" = 1 ] || printf '\n'
            first=0
            show_unit "$unit"
        done
        ;;
    status) for_each status_unit ;;
    cat)
        for unit in "${asked[@]}"; do
            unit_file "$unit" || { printf 'No files found for %s.\n' "$unit" >&2; exit 1; }
            sources "$unit"
            for file in "${found[@]}"; do printf '# %s\n%s\n\n' "$file" "$(<"$file")"; done
        done
        ;;
    list-units | '')
        for home in "$units"/*/; do
            unit=${home%/}
            unit=${unit##*/}
            load "$unit" || continue
            recall "$unit"
            [ "$state" = inactive ] || printf '%-30s loaded %-8s %-8s %s\n' "$unit" "$state" "$sub" "$(setting Unit.Description "$unit")"
        done
        ;;
    list-unit-files)
        for unit in "${asked[@]}"; do
            load "$unit" && enabled_state "$unit" && printf '%-40s %s\n' "$unit" "$answer"
        done
        ;;
    daemon-reload | daemon-reexec) as_root; rm -f "$units"/*/stamp "$units"/*/text ;;
    reset-failed)
        as_root
        for unit in "${asked[@]}"; do recall "$unit"; [ "$state" != failed ] || remember "$unit" inactive dead 0; done
        ;;
    kill) as_root; for unit in "${asked[@]}"; do recall "$unit"; [ "$main" = 0 ] || kill -TERM "$main"; done ;;
    standin-boot)
        mkdir -p "$units"
        : >/run/dss-sandbox/booted
        for link in /etc/systemd/system/*.wants/*.service; do asked+=("${link##*/}"); done
        # A service that fails does not keep the machine from coming up.
        all_at_once start
        ;;
    standin-shutdown)
        for home in "$units"/*/; do
            unit=${home%/}
            asked+=("${unit##*/}")
        done
        all_at_once stop
        ;;
    reboot | poweroff | halt)
        as_root
        if [ -p /run/dss-sandbox/init ]; then printf '%s\n' "$verb" >/run/dss-sandbox/init; else printf 'This machine cannot %s by itself.\n' "$verb" >&2; exit 1; fi
        ;;
    *) printf 'Unknown operation %s.\n' "$verb" >&2; exit 1 ;;
esac
