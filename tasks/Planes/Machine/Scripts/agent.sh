#!/usr/bin/env bash
# The part of DssPipeline that runs on the machine, as root. It reads a letter from standard input and answers one line a job.
#
#   letter 1
#   seal <public key, PEM>             optional: secrets in answers are encrypted with it
#   job <number> look|make|drop <kind> [<lock>]
#   value <name> <word>                a list is one name several times
#   end
#
# A word is plain ASCII with \xHH for every other byte. It is decoded by printf and never evaluated.
# Answers, on standard output:   fact <number> <json> · absent <number> · failed <number> <exit code> <json text> · done
# What happens, on standard error: progress <number> <text>
#
# A kind is three functions: look_<kind>, make_<kind>, drop_<kind>. They find their values in the map "given" and, for lists,
# with "each <name>" in the array "items". After a make the agent looks, so the answer to a change is what is there now.
# shellcheck disable=SC2317  # functions are called by the kinds, whose files stand before this one
set -uo pipefail
export LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
umask 022
shopt -s lastpipe
# A connection that breaks does not cut a job in two: it goes on, and the next run waits for its lock.
trap '' HUP PIPE

agent_home=/run/dss-pipeline
job_count=0
declare -A job_verb job_kind job_lock job_values given
declare -a items
seal_key=''
number=0
fact=''

# Values ------------------------------------------------------------------------------------------------------------------

# each name: the array "items" holds what the list has, nothing when it is not given.
each() {
    local line name
    items=()
    while read -r _ name line; do
        [ "$name" = "$1" ] || continue
        printf -v line '%b' "$line"
        items+=("$line")
    done <<<"${job_values[$number]}"
}

has() { [ -n "${given[$1]+is}" ]; }

# fail message: ends the job; the message is the error that people read.
fail() {
    printf '%s\n' "$1"
    exit 70
}

# say text: what a long job is doing.
say() { printf 'progress %s %s\n' "$number" "$1" >&4; }

# Answers -----------------------------------------------------------------------------------------------------------------

# json_text value: the variable "quoted" holds it as JSON text.
json_text() {
    local text=$1 code letter
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\t'/\\t}
    text=${text//$'\r'/\\r}
    if [[ $text == *[[:cntrl:]]* ]]; then
        for code in {1..31} 127; do
            printf -v letter '%b' "\\x$(printf '%02x' "$code")"
            text=${text//"$letter"/\\u00$(printf '%02x' "$code")}
        done
    fi
    quoted="\"$text\""
}

tell_json() {
    local quoted
    json_text "$1"
    fact+="${fact:+,}$quoted:$2"
}

tell() {
    local quoted
    json_text "$2"
    tell_json "$1" "$quoted"
}

tell_number() { tell_json "$1" "$2"; }

# tell_flag name command...: true when the command succeeds.
tell_flag() {
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then tell_json "$name" true; else tell_json "$name" false; fi
}

tell_list() {
    local name=$1 list='' quoted
    shift
    for item in "$@"; do
        json_text "$item"
        list+="${list:+,}$quoted"
    done
    tell_json "$name" "[$list]"
}

# tell_secret name: reads the secret from standard input; only the run that sent the letter can open it.
tell_secret() {
    [ -n "$seal_key" ] || fail "A secret was to be told, but the letter carries no key to seal it with."
    local sealed
    sealed=$(openssl pkeyutl -encrypt -pubin -inkey <(printf '%s' "$seal_key") -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 | base64 -w 0) || fail "The secret could not be sealed."
    tell_json "$1" "{\"sealed\":\"$sealed\"}"
}

# absent: what was looked for is not there.
absent() {
    printf 'absent %s\n' "$number" >&3
    exit 0
}

# Jobs --------------------------------------------------------------------------------------------------------------------

read_letter() {
    local word first second third fourth
    read -r word first || return 1
    [ "$word $first" = 'letter 1' ] || return 1
    while read -r word first second third fourth; do
        case $word in
            seal) printf -v seal_key '%b' "$first" ;;
            job)
                job_count=$first
                job_verb[$first]=$second job_kind[$first]=$third job_lock[$first]=${fourth:-} job_values[$first]=''
                ;;
            value) job_values[$job_count]+="value $first $second"$'\n' ;;
            end) return 0 ;;
            *) return 1 ;;
        esac
    done
    return 1
}

# In a subshell of its own: what a job sets, it sets for itself.
do_job() {
    local name line
    exec 5>&-
    set -Eeuo pipefail
    while read -r _ name line; do
        [ -n "$name" ] || continue
        printf -v line '%b' "$line"
        given[$name]=$line
    done <<<"${job_values[$number]}"

    [ "$1" = look ] || "$1_$2"
    [ "$1" != drop ] || absent
    fact=${answer:-}
    "look_$2"
    printf 'fact %s {%s}\n' "$number" "$fact" >&3
}

# What a job prints is progress; the last lines of one that fails are its error.
listen() {
    local line
    last=''
    while IFS= read -r line; do
        [ "$1" = look ] || say "$line"
        last+="${last:+$'\n'}$line"
        [ ${#last} -le 4000 ] || last=${last: -4000}
    done
}

perform() {
    local verb=${job_verb[$number]} kind=${job_kind[$number]} lock=${job_lock[$number]} code quoted last
    if ! declare -F "look_$kind" >/dev/null || { [ "$verb" != look ] && ! declare -F "${verb}_$kind" >/dev/null; }; then
        json_text "The machine's script knows no way to $verb $kind."
        printf 'failed %s 64 %s\n' "$number" "$quoted" >&3
        return
    fi
    if [ "$verb" != look ] && [ -n "$lock" ]; then
        exec 9>"$agent_home/$lock.lock"
        flock -n 9 || { say "waiting for an earlier job that holds the lock $lock"; flock 9; }
    fi
    ( do_job "$verb" "$kind" ) 2>&1 </dev/null 9>&- | listen "$verb" 9>&-
    code=${PIPESTATUS[0]}
    exec 9>&-
    [ "$code" = 0 ] && return
    json_text "$last"
    printf 'failed %s %s %s\n' "$number" "$code" "$quoted" >&3
}

main() {
    exec 3>&1 4>&2 1>&2
    install -d -m 0700 "$agent_home"
    read_letter || { printf 'progress 0 The letter is not complete; nothing was done.\n' >&4; exit 64; }
    exec </dev/null
    local numbers
    numbers=$(printf '%s\n' "${!job_verb[@]}" | sort -n)
    for number in $numbers; do perform; done
    printf 'done\n' >&3
}

# On one line: what follows it on standard input is the letter.
main; exit
