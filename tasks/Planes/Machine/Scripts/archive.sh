# shellcheck shell=bash disable=SC2154
# archive: path, url, sha256 (optional), proxy (optional), unless (optional: a file that is there only when the archive was used up), owner, group.
# Its folder belongs to root, as all above it does. Beside it stand
#   <path>.part         what came so far
#   <path>.part.head    what the server said of it: only the very same file is gone on with
#   <path>.checked      size, time, inode and checksum of what was checked, so that gigabytes are read once and not in every run

look_archive() {
    local path=${given[path]} stamp known sum
    if has unless && [ -e "${given[unless]}" ]; then
        tell_json usedUp true
        return
    fi
    look_standing "$path" file || return 0
    stamp_of "$path"
    read_checked
    if [ "$known" = "$stamp" ]; then
        tell_json complete true
        tell sha256 "$sum"
    else
        # Reading it again is for the change: a look is quick.
        tell complete 'changed since it was checked'
        tell sha256 'not known'
    fi
}

stamp_of() { stamp=$(stat -c '%s %.9Y %i' -- "$1"); }

read_checked() {
    local size time inode
    known='' sum=''
    [ -f "${given[path]}.checked" ] || return 0
    read -r size time inode sum <"${given[path]}.checked" || :
    known="$size $time $inode"
}

make_archive() {
    local path=${given[path]} stamp known sum size='' tag='' shown writer
    local part=$path.part
    if has unless && [ -e "${given[unless]}" ]; then return 0; fi
    make_standing "$path" file
    writer_of "$path"
    [ "$writer" = root ] || fail "$path lies in a folder of $writer, who could lead what root fetches to another place. Give the folder to root."
    mkdir -p -- "${path%/*}/"
    shown_url
    case ${given[url]} in http://* | https://* | file://*) ;; *) fail "$shown is no address that an archive is fetched from. It takes http, https or file." ;; esac
    wait_turn
    if [ -f "$path" ] && keep_archive; then return 0; fi
    fetch_archive
    check_part
    chown -- "${given[owner]}:${given[group]}" "$part"
    chmod 0644 -- "$part"
    sync -- "$part"
    mv -fT -- "$part" "$path"
    rm -f -- "$part.head"
    mark_checked
}

# A transfer that a killed run left behind goes on by itself. It holds this lock, so that never two write one file.
wait_turn() {
    local name
    name=$(printf '%s' "$path" | sha256sum)
    exec 7>"$agent_home/archive-${name%% *}.lock"
    flock -n 7 || { say "waiting for an earlier transfer of $path" && flock 7; }
}

# The address without what may be secret in it: the user before the host, and the query.
shown_url() {
    shown=${given[url]%%[?#]*}
    [[ ! $shown =~ ^([a-z]+://)[^/]*@(.*)$ ]] || shown=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
}

# keep_archive: whether the file that is there is the wished one although nobody marked it, or the mark was lost.
keep_archive() {
    stamp_of "$path"
    if has sha256; then
        say "checking $path"
        sum=$(sha256sum <"$path")
        sum=${sum%% *}
        [ "$sum" = "${given[sha256]}" ] || return 1
    else
        ask_size
        [ -n "$size" ] && [ "$size" = "${stamp%% *}" ] || return 1
        sum=$(sha256sum <"$path")
        sum=${sum%% *}
    fi
    mark_checked
}

mark_checked() {
    stamp_of "$path"
    beside "$path.checked"
    printf '%s %s\n' "$stamp" "$sum" >&8
    instead "$path.checked" root root 0644
}

# quoted_option name value: one line of curl's configuration. It travels by standard input, so that no credentials are in an argument list.
quoted_option() {
    local value=${2//\\/\\\\}
    value=${value//\"/\\\"}
    value=${value//$'\n'/\\n}
    value=${value//$'\r'/\\r}
    value=${value//$'\t'/\\t}
    printf '%s = "%s"\n' "$1" "$value"
}

curl_options() {
    quoted_option url "${given[url]}"
    ! has proxy || quoted_option proxy "${given[proxy]}"
    [ -z "${resumed:-}" ] || quoted_option header "If-Range: $tag"
    printf '%s\n' globoff fail location show-error suppress-connect-headers retry-connrefused \
        'proto = "=http,https,file"' 'proto-redir = "=http,https"' \
        'connect-timeout = 30' 'speed-limit = 1000' 'speed-time = 60' 'retry = 3' 'retry-max-time = 120'
}

# read_head file: of the last answer in it, "size" holds the length of the whole file and "tag" what tells it from another one of the same name.
read_head() {
    local line name value
    size='' tag=''
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        case $line in HTTP/*)
            size='' tag=''
            continue
            ;;
        esac
        name=${line%%:*} value=${line#*:}
        value=${value#"${value%%[![:space:]]*}"}
        case ${name,,} in
            content-length) [ -n "$size" ] || size=$value ;;
            content-range) size=${value##*/} ;;
            # A weak tag does not promise the same bytes.
            etag) [[ $value != \"* ]] || tag=$value ;;
            last-modified) [ -n "$tag" ] || tag=$value ;;
        esac
    done <"$1"
    [[ $size =~ ^[0-9]+$ ]] || size=''
}

# ask_size: what the server says of the file without sending it; nothing when it does not say.
ask_size() {
    local head
    head=$(mktemp "$agent_home/head.XXXXXX")
    { curl_options && printf '%s\n' head silent; } | curl -q -K - >"$head" 2>/dev/null || :>"$head"
    read_head "$head"
    rm -f -- "$head"
}

part_size() { stat -c %s -- "$part" 2>/dev/null || printf 0; }

fetch_archive() {
    local have asked asked_tag code words tries=0
    ask_size
    asked=$size asked_tag=$tag
    while :; do
        if [ ! -f "$part" ] || [ -L "$part" ] || [ ! -f "$part.head" ]; then
            tag=''
        else
            read_head "$part.head"
        fi
        # What has no name cannot be known again, and what another file left cannot be gone on with.
        if [ -z "$tag" ] || { [ -n "$asked_tag" ] && [ "$tag" != "$asked_tag" ]; }; then rm -f -- "$part" "$part.head"; fi
        have=$(part_size)
        need_room "$((${asked:-0} - have))"
        if [ -n "$asked" ] && [ "$have" -gt 0 ] && [ "$have" = "$asked" ] && [ "$tag" = "$asked_tag" ]; then return 0; fi
        receive
        case $code in
            0) return 0 ;;
            23) need_room "$((${asked:-$(($(part_size) + 1048576))} - $(part_size)))" && tries=9 ;;
            33 | 36) rm -f -- "$part" "$part.head" ;;
            # Cut on the way: as long as something comes, what is missing is asked for.
            18 | 28 | 52 | 55 | 56 | 92) [ "$(part_size)" -le "$have" ] || tries=-1 ;;
            *) tries=9 ;;
        esac
        tries=$((tries + 1))
        [ "$tries" -lt 4 ] || fail "$shown could not be fetched: ${words:-curl ended with $code}. See that the machine reaches it (proxy, firewall, mirror); what came so far is kept, and the next run goes on from there."
    done
}

# need_room bytes: fails when the file system has less than that.
need_room() {
    local free
    free=$(df -B1 --output=avail -- "${path%/*}/" | tail -n 1)
    if [ "$1" -gt "$((free))" ]; then
        fail "There is no room for $path: $1 bytes more are needed, and $((free)) are free. Make room or grow the disk, then run again."
    fi
}

# receive: one transfer. Sets code and words, the last error that curl told.
receive() {
    local options=(-q -K - --output "$part" --dump-header "$part.head.new") resumed=''
    if [ "$have" -gt 0 ]; then
        options+=(--continue-at -)
        say "going on with $shown at $have bytes"
        resumed=yes
    else
        say "fetching $shown"
    fi
    rm -f -- "$part.head.new"
    set +e
    curl_options | curl "${options[@]}" 2>&1 >/dev/null | watch_transfer
    code=${PIPESTATUS[1]}
    set -e
    # curl tells 33 when the answer is the whole of another file; the part stays as it was.
    if [ "$code" != 33 ] && [ "$code" != 22 ] && [ -s "$part.head.new" ]; then mv -fT -- "$part.head.new" "$part.head"; fi
    rm -f -- "$part.head.new"
    # Nothing more to send, or a part that is longer than the file.
    if [ -n "$resumed" ] && [ "$code" = 22 ] && [[ $words == *416* ]]; then code=36; fi
}

# watch_transfer: curl draws its meter about once a second; now and then that is a line for people.
watch_transfer() {
    local line next=$((SECONDS + 5)) total=${asked:+ of $asked} told=$'curl: \\([0-9]+\\) ([^\n]*)'
    words=''
    while IFS= read -r -d $'\r' line || [ -n "$line" ]; do
        if [[ $line =~ $told ]]; then words=${BASH_REMATCH[1]}; fi
        [ "$SECONDS" -ge "$next" ] || continue
        next=$((SECONDS + 5))
        say "$(part_size)$total bytes of $shown are here"
    done
}

check_part() {
    local have
    have=$(part_size)
    [ ! -f "$part.head" ] || read_head "$part.head"
    [ -z "$size" ] || [ "$have" = "$size" ] || {
        rm -f -- "$part" "$part.head"
        fail "$shown should be $size bytes long, and $have came. Run again; if it stays so, the server or a proxy on the way cuts it."
    }
    say "checking $path"
    sum=$(sha256sum <"$part")
    sum=${sum%% *}
    ! has sha256 || [ "$sum" = "${given[sha256]}" ] || {
        rm -f -- "$part" "$part.head"
        fail "$shown has the checksum $sum, and ${given[sha256]} is wished for. It was thrown away. Either the file at that address is another one, or the checksum in the manifest is wrong."
    }
}

drop_archive() { rm -f -- "${given[path]}" "${given[path]}.part" "${given[path]}.part.head" "${given[path]}.checked"; }
