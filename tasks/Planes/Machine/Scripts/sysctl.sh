# shellcheck shell=bash disable=SC2154
# sysctl: name (vm.max_map_count), wished. The file of each setting is its own.

sysctl_file() {
    [[ ${given[name]} =~ ^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$ ]] || fail "${given[name]} is no name of a kernel setting. Write it as in vm.max_map_count."
    file=/etc/sysctl.d/90-dss-${given[name]}.conf
    switch=/proc/sys/${given[name]//./\/}
}

look_sysctl() {
    local file switch words line value
    sysctl_file
    [ -e "$switch" ] || absent
    # Several numbers are told with tabs between them, and wished with blanks.
    read -r -a words <"$switch" || :
    tell now "${words[*]}"
    [ -f "$file" ] || { tell atBoot 'nothing'; return; }
    value=nothing
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in "${given[name]} = "*) value=${line#*= } ;; esac
    done <"$file"
    tell atBoot "$value"
}

make_sysctl() {
    local file switch
    sysctl_file
    [ -e "$switch" ] || fail "This kernel has no setting ${given[name]}: $switch is not there. It may come with a module that is not loaded."
    case ${given[wished]} in *$'\n'*) fail "The value of ${given[name]} has two lines, and a kernel setting has one." ;; esac
    make_standing "$file" file
    beside "$file"
    printf '# Written by DssPipeline, and written again whenever it differs.\n%s = %s\n' "${given[name]}" "${given[wished]}" >&8
    instead "$file" root root 0644
    printf '%s\n' "${given[wished]}" >"$switch" || fail "The kernel does not take ${given[wished]} for ${given[name]}."
}

drop_sysctl() {
    local file switch
    sysctl_file
    rm -f -- "$file"
}
