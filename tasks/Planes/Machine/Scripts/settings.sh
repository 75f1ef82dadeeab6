# shellcheck shell=bash disable=SC2154
# settings: path, format (properties, ini, env), birth (whether a missing file is made), owner, group, mode (of one that is made), key and value (lists, side by side).
# Only these keys are touched. What they hold is data: it is spelled as the format asks, and never evaluated.

# read_settings: the arrays "keys" and "wishes" hold what is wished, "lines" the file.
read_settings() {
    each key
    keys=(${items[@]+"${items[@]}"})
    each value
    wishes=(${items[@]+"${items[@]}"})
    lines=()
    [ ! -f "${given[path]}" ] || mapfile -t lines <"${given[path]}"
}

look_settings() {
    local path=${given[path]} keys wishes lines list='' former='' key quoted
    local -A found=()
    look_standing "$path" file || return 0
    read_settings
    "scan_${given[format]}"
    for key in ${keys[@]+"${keys[@]}"}; do
        [ -n "${found["k$key"]+is}" ] || continue
        json_text "$key"
        list+="${list:+,}$quoted:"
        json_text "${found["k$key"]}"
        list+=$quoted
    done
    tell_json values "{$list}"
    tell_json former "[$former]"
}

make_settings() {
    local path=${given[path]} keys wishes lines owner=${given[owner]}:${given[group]}
    make_standing "$path" file
    [ "$standing" = file ] || [ "${given[birth]}" = true ] || fail "$path is not there, and who makes it has not done so. Settings are only laid into a file that is there."
    read_settings
    "check_${given[format]}"
    beside "$path"
    "write_${given[format]}" >&8
    if [ "$standing" = file ]; then instead_alike "$path"; else instead "$path" "${owner%:*}" "${owner#*:}" "${given[mode]}"; fi
}

# The same file without our keys.
drop_settings() {
    [ -f "${given[path]}" ] || return 0
    local keys wishes lines dropping=yes
    read_settings
    beside "${given[path]}"
    "write_${given[format]}" >&8
    instead_alike "${given[path]}"
}

print_lines() { [ $# = 0 ] || printf '%s\n' "$@"; }

# env: between two marks everything is ours ------------------------------------------------------------------------------------

env_begin='# >>> dss-pipeline: what stands between these marks is written by DssPipeline >>>'
env_end='# <<< dss-pipeline <<<'

# env_block: the variables "first" and "last" hold the lines of the marks, -1 when there are none.
env_block() {
    local index
    first=-1 last=-1
    for index in ${lines[@]+"${!lines[@]}"}; do
        case ${lines[$index]} in
            "$env_begin") [ "$first" != -1 ] || first=$index ;;
            "$env_end") [ "$first" = -1 ] || last=$index ;;
        esac
    done
}

scan_env() {
    local first last text key value part
    env_block
    if [ "$first" = -1 ] || [ "$last" = -1 ]; then return 0; fi
    printf -v text '%s\n' ${lines[@]+"${lines[@]:$((first + 1)):$((last - first - 1))}"}
    [ "$last" != $((first + 1)) ] || text=''
    while [[ $text =~ ^export\ ([A-Za-z_][A-Za-z0-9_]*)=\' ]]; do
        key=${BASH_REMATCH[1]} value='' text=${text#*\'}
        while :; do
            part=${text%%\'*} text=${text#*\'}
            value+=$part
            [ "${text:0:3}" = "\\''" ] || break
            value+="'" text=${text:3}
        done
        # What follows the closing quote could be anything, a command too.
        [ "${text:0:1}" = $'\n' ] || break
        text=${text:1}
        if is_wished "$key"; then found["k$key"]=$value; else former_is "$key"; fi
    done
    [ -z "$text" ] || former_is 'lines that DssPipeline did not write'
}

is_wished() {
    local key
    for key in ${keys[@]+"${keys[@]}"}; do
        [ "$key" != "$1" ] || return 0
    done
    return 1
}

former_is() {
    json_text "$1"
    former+="${former:+,}$quoted"
}

check_env() {
    local key first last
    for key in ${keys[@]+"${keys[@]}"}; do
        [[ $key =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || fail "\"$key\" is no name of an environment variable. It takes letters, digits and _, and begins with no digit."
    done
    env_block
    [ "$first" = -1 ] || [ "$last" != -1 ] || fail "${given[path]} has the line \"$env_begin\" and not the one that ends our part. Put \"$env_end\" below our part, or remove our part as a whole."
}

write_env() {
    local first last index
    env_block
    if [ "$last" = -1 ]; then
        print_lines ${lines[@]+"${lines[@]}"}
        write_env_block
    else
        print_lines "${lines[@]:0:$first}"
        write_env_block
        print_lines "${lines[@]:$((last + 1))}"
    fi
}

write_env_block() {
    [ -z "${dropping:-}" ] || return 0
    local index value quote="'\\''"
    printf '%s\n' "$env_begin"
    for index in ${keys[@]+"${!keys[@]}"}; do
        value=${wishes[$index]//\'/$quote}
        printf "export %s='%s'\n" "${keys[$index]}" "$value"
    done
    printf '%s\n' "$env_end"
}

# properties: as java.util.Properties reads it ---------------------------------------------------------------------------------

# entries_properties: for each logical line, "from" and "to" (exclusive) in lines, and its raw key and value; calls $1 for each.
entries_properties() {
    local index=0 from logical count=${#lines[@]} raw_key raw_value='' ours
    local goes_on='(^|[^\])(\\\\)*\\$' entry='^(([^\=:[:space:]]|\\.)*)[[:space:]]*[=:]?[[:space:]]*(.*)$'
    while [ "$index" -lt "$count" ]; do
        from=$index logical=${lines[$index]%$'\r'}
        index=$((index + 1))
        logical=${logical#"${logical%%[![:space:]]*}"}
        case $logical in
            '' | '#'* | '!'*) ours='' raw_value='' ;;
            *)
                while [[ $logical =~ $goes_on ]] && [ "$index" -lt "$count" ]; do
                    raw_value=${lines[$index]%$'\r'}
                    logical=${logical%\\}${raw_value#"${raw_value%%[![:space:]]*}"}
                    index=$((index + 1))
                done
                [[ $logical =~ $entry ]]
                raw_key=${BASH_REMATCH[1]} raw_value=${BASH_REMATCH[3]}
                unescape_properties "$raw_key"
                ours=$text
                ;;
        esac
        "$1" "$from" "$index" "$ours" "$raw_value"
    done
}

# unescape_properties raw: the variable "text" holds what it means.
unescape_properties() {
    local raw=$1 code low
    text=''
    while [[ $raw == *\\* ]]; do
        text+=${raw%%\\*} raw=${raw#*\\}
        if [[ $raw =~ ^u([0-9a-fA-F]{4}) ]]; then
            code=$((16#${BASH_REMATCH[1]})) raw=${raw:5}
            if [ $((code & 0xFC00)) = 55296 ] && [[ $raw =~ ^\\u([dD][c-fC-F][0-9a-fA-F]{2}) ]]; then
                low=$((16#${BASH_REMATCH[1]})) raw=${raw:6}
                code=$((0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)))
            fi
            printf -v code '\\U%08x' "$code"
            printf -v code '%b' "$code"
            text+=$code
            continue
        fi
        case ${raw:0:1} in
            n) text+=$'\n' ;;
            t) text+=$'\t' ;;
            r) text+=$'\r' ;;
            f) text+=$'\f' ;;
            *) text+=${raw:0:1} ;;
        esac
        raw=${raw:1}
    done
    text+=$raw
}

# escape_properties text key|value: the variable "word" holds it spelled in plain ASCII, so that nobody's idea of the file's encoding matters.
escape_properties() {
    local index letter code
    word=''
    for ((index = 0; index < ${#1}; index++)); do
        letter=${1:index:1}
        case $letter in
            [A-Za-z0-9_./-]) word+=$letter ;;
            \\) word+="\\\\" ;;
            # Only in front does a value's blank need its backslash, and the other signs only in a key.
            '=' | ':' | '#' | '!') if [ "$2" = key ]; then word+="\\$letter"; else word+=$letter; fi ;;
            ' ') if [ "$2" = key ] || [ "$index" = 0 ]; then word+='\ '; else word+=' '; fi ;;
            $'\n') word+='\n' ;;
            $'\t') word+='\t' ;;
            $'\r') word+='\r' ;;
            *)
                printf -v code '%d' "'$letter"
                if [ "$code" -gt 65535 ]; then
                    printf -v letter '\\u%04x\\u%04x' $((0xD800 + ((code - 0x10000) >> 10))) $((0xDC00 + ((code - 0x10000) & 0x3FF)))
                elif [ "$code" -lt 32 ] || [ "$code" -gt 126 ]; then
                    printf -v letter '\\u%04x' "$code"
                fi
                word+=$letter
                ;;
        esac
    done
}

scan_properties() { entries_properties scan_property; }

scan_property() {
    local text
    is_wished "$3" || return 0
    unescape_properties "$4"
    found["k$3"]=$text
}

check_properties() { ! is_wished '' || fail "A setting of ${given[path]} has no name."; }

write_properties() {
    local -A written=()
    local index word name
    entries_properties write_property
    [ -z "${dropping:-}" ] || return 0
    for index in ${keys[@]+"${!keys[@]}"}; do
        [ -n "${written["k${keys[$index]}"]+is}" ] || spell_property "$index"
    done
}

# An entry of ours is spelled anew where it first stood, and its doubles go.
write_property() {
    local index
    for index in ${keys[@]+"${!keys[@]}"}; do
        [ "${keys[$index]}" = "$3" ] || continue
        if [ -z "${written["k$3"]+is}${dropping:-}" ]; then spell_property "$index"; fi
        written["k$3"]=yes
        return 0
    done
    print_lines "${lines[@]:$1:$(($2 - $1))}"
}

spell_property() {
    escape_properties "${keys[$1]}" key
    name=$word
    escape_properties "${wishes[$1]}" value
    printf '%s=%s\n' "$name" "$word"
}

# ini: [section] and key = value; a key is named section.key ---------------------------------------------------------------------

# entries_ini: as entries_properties; a section's head is told as "[section]", anything else that is no key as nothing.
entries_ini() {
    local index=0 from count=${#lines[@]} line head='' name value
    local entry='^([^][:space:]#;=:[][^=:]*)[=:][[:space:]]*(.*)$'
    while [ "$index" -lt "$count" ]; do
        from=$index line=${lines[$index]%$'\r'} name='' value=''
        index=$((index + 1))
        if [[ $line =~ ^\[([^]]*)\] ]]; then
            head=${BASH_REMATCH[1]} name="[$head]"
        elif [[ $line =~ $entry ]]; then
            name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
            name=${name%"${name##*[![:space:]]}"} value=${value%"${value##*[![:space:]]}"}
            name=$head.${name,,}
            # Lines that are indented go on with the value.
            while [ "$index" -lt "$count" ] && [[ ${lines[$index]} =~ ^[[:space:]]+[^[:space:]] ]]; do
                line=${lines[$index]%$'\r'}
                value+=$'\n'${line#"${line%%[![:space:]]*}"}
                index=$((index + 1))
            done
        fi
        "$1" "$from" "$index" "$name" "$value"
    done
}

# spelled_ini key: the variable "name" holds it as entries_ini tells it; names of keys have no case, those of sections do.
spelled_ini() {
    name=${1#*.}
    name=${1%%.*}.${name,,}
}

scan_ini() { entries_ini scan_ini_entry; }

scan_ini_entry() {
    local key name
    for key in ${keys[@]+"${keys[@]}"}; do
        spelled_ini "$key"
        [ "$name" != "$3" ] || found["k$key"]=$4
    done
}

check_ini() {
    local index key value name='^[A-Za-z0-9_-]+\.[A-Za-z0-9_][A-Za-z0-9_./-]*$'
    for index in ${keys[@]+"${!keys[@]}"}; do
        key=${keys[$index]} value=${wishes[$index]}
        [[ $key =~ $name ]] || fail "\"$key\" is no name of a setting in ${given[path]}. It takes section.key, both made of letters, digits, _ and -, and in the key . and / as well."
        [[ $value != *[[:cntrl:]]* && $value != [[:space:]]* && $value != *[[:space:]] ]] || fail "The value of $key cannot stand in ${given[path]}: this format keeps no line breaks and no blanks around a value."
    done
}

write_ini() {
    local -A written=()
    local index section=''
    local -a held=()
    entries_ini write_ini_entry
    write_ini_rest
    [ -z "${dropping:-}" ] || return 0
    for index in ${keys[@]+"${!keys[@]}"}; do
        [ -z "${written[$index]+is}" ] || continue
        section=${keys[$index]%%.*}
        [ ${#lines[@]} = 0 ] || printf '\n'
        printf '[%s]\n' "$section"
        write_ini_rest
    done
}

# What is missing of a section is written at its end, before the blank lines that part it from the next.
write_ini_rest() {
    local index
    if [ -n "$section" ] && [ -z "${dropping:-}" ]; then
        for index in ${keys[@]+"${!keys[@]}"}; do
            if [ "${keys[$index]%%.*}" = "$section" ] && [ -z "${written[$index]+is}" ]; then spell_ini "$index"; fi
        done
    fi
    print_lines ${held[@]+"${held[@]}"}
    held=()
}

spell_ini() {
    printf '%s = %s\n' "${keys[$1]#*.}" "${wishes[$1]}"
    written[$1]=yes
}

write_ini_entry() {
    local index name
    case $3 in
        '['*)
            # Another head of a section may follow: what is missing goes to the first one.
            write_ini_rest
            section=${3:1:-1}
            ;;
        '')
            if [[ ${lines[$1]} =~ ^[[:space:]]*$ ]]; then
                held+=("${lines[$1]}")
                return 0
            fi
            ;;
        *)
            for index in ${keys[@]+"${!keys[@]}"}; do
                spelled_ini "${keys[$index]}"
                [ "$name" = "$3" ] || continue
                print_lines ${held[@]+"${held[@]}"}
                held=()
                [ -n "${written[$index]+is}" ] || [ -n "${dropping:-}" ] || spell_ini "$index"
                return 0
            done
            ;;
    esac
    print_lines ${held[@]+"${held[@]}"} "${lines[@]:$1:$(($2 - $1))}"
    held=()
}
