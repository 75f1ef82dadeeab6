# shellcheck shell=bash disable=SC2154
# dssRest: DSS does not run while there is work that needs it at rest. It is started again by dssService, after that work.

look_dssRest() {
    dss_values
    dss_work
    local all
    printf -v all '%s, ' "${work[@]}"
    if [ ${#work[@]} -gt 0 ] && dss_pid; then tell conflict "DSS runs, and is in the way of ${all%, }"; else tell conflict none; fi
}

make_dssRest() {
    dss_values
    say "stopping DSS"
    dss_rest
}

drop_dssRest() { :; }

# dssBackup: backups, content (data, config), the folder with the data as it was before an upgrade. It is there before the upgrade begins, and stays.

look_dssBackup() {
    dss_values
    if ! dss_read || [ "$dss_version" = "$version" ] || dss_is_newer || dss_backup_is; then tell before safe; else tell before "only in the data directory"; fi
}

dss_backup() { printf '%s/%s-%s-%s.tar.gz' "${given[backups]}" "${data##*/}" "$dss_version" "${given[content]}"; }

# A backup from before DSS last ran lacks what was done in it since.
dss_backup_is() {
    local file
    file=$(dss_backup)
    [ -f "$file" ] && ! dss_pid && [ ! "$data/run/supervisord.log" -nt "$file" ] && [ ! "$data/run/backend.log" -nt "$file" ]
}

make_dssBackup() {
    local file draft needed free parts=(.) left=('./tmp/*' './caches/*' './run/*')
    dss_values
    dss_read || fail "There is no DSS in $data any more, so nothing can be backed up."
    dss_rest
    [ "${given[content]}" = data ] || parts=(./config ./install.ini ./dss-version.json ./bin/env-site.sh)
    install -d -m 0700 -- "${given[backups]}"
    file=$(dss_backup) draft=$(dss_backup).part
    rm -f -- "$draft"
    say "backing up $data to $file"
    needed=$(cd -- "$data" && du -skc -- "${parts[@]}" 2>/dev/null | tail -n 1 | cut -f1)
    free=$(df -Pk -- "${given[backups]}" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt "$((needed / 3))" ] || fail "The backup of $data (${needed} kB, packed about a third of it) does not fit into ${given[backups]}, where $free kB are free. Remove older backups there, grow vm.dataDisk.sizeGB, or set dss.upgrade.backup to config."
    (umask 077; cd -- "$data" || exit; dss_pack "$draft")
    sync -- "$draft"
    mv -fT -- "$draft" "$file"
}

dss_pack() {
    local part there=()
    for part in "${parts[@]}"; do [ ! -e "$part" ] || there+=("$part"); done
    tar --create --gzip --file "$1" --one-file-system --warning=no-file-ignored "${left[@]/#/--exclude=}" -- "${there[@]}"
}

drop_dssBackup() { :; }
