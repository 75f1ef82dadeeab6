# shellcheck shell=bash disable=SC2154
# selinux: mode (enforcing, permissive, disabled). Told: now and atBoot, "missing" where the machine has no SELinux.

selinux_config=/etc/selinux/config

look_selinux() {
    local now=missing boot=missing line
    if command -v getenforce >/dev/null; then now=$(getenforce); fi
    if [ -f $selinux_config ]; then
        while IFS= read -r line || [ -n "$line" ]; do
            [[ $line =~ ^[[:space:]]*SELINUX=[[:space:]]*([A-Za-z]+) ]] && boot=${BASH_REMATCH[1]}
        done <$selinux_config
    fi
    tell now "${now,,}"
    tell atBoot "${boot,,}"
}

make_selinux() {
    local mode=${given[mode]} now=missing line written=''
    case $mode in enforcing | permissive | disabled) ;; *) fail "SELinux knows no mode $mode. Choose enforcing, permissive or disabled." ;; esac
    if [ -f $selinux_config ]; then
        make_standing $selinux_config file
        beside $selinux_config
        while IFS= read -r line || [ -n "$line" ]; do
            if [[ $line =~ ^[[:space:]]*SELINUX= ]]; then
                [ -z "$written" ] || continue
                line=SELINUX=$mode written=yes
            fi
            printf '%s\n' "$line" >&8
        done <$selinux_config
        [ -n "$written" ] || printf 'SELINUX=%s\n' "$mode" >&8
        instead_alike $selinux_config
    fi

    ! command -v getenforce >/dev/null || now=$(getenforce)
    case ${now,,}:$mode in
        enforcing:permissive | enforcing:disabled) setenforce 0 ;;
        permissive:enforcing) setenforce 1 ;;
        missing:enforcing) fail "SELinux is to be enforcing, and this machine has none. Use an image that has it, or wish for permissive." ;;
        disabled:enforcing)
            # Files made meanwhile carry no label: without a relabelling the machine would not come up.
            : >/.autorelabel
            fail "SELinux was off when this machine booted. It becomes enforcing with the next boot, which labels all files first and takes some minutes. Restart the machine, then run again."
            ;;
    esac
}
