# shellcheck shell=bash disable=SC2154
# Kinds of the tests: they do nothing but what a test must see.

# note: appends a line to a file, once for each run of make.
look_note() {
    [ -f "${given[path]}" ] || absent
    tell text "$(cat -- "${given[path]}")"
}
make_note() {
    ! has say || say "${given[say]}"
    printf '%s\n' "${given[line]:-line}" >>"${given[path]}"
}
drop_note() { rm -f -- "${given[path]}"; }

# echo: tells every value back as it came.
look_echo() {
    each item
    tell_list items "${items[@]}"
    tell single "${given[item]-}"
}
make_echo() { :; }
drop_echo() { :; }

# secret: tells a secret, sealed.
look_secret() { printf '%s' "${given[value]}" | tell_secret key; tell kind open; }
make_secret() { :; }
drop_secret() { :; }

# failing: says something and fails with a code.
look_failing() { :; }
make_failing() {
    ! has words || printf '%s\n' "${given[words]}"
    ! has refusal || fail "${given[refusal]}"
    exit "${given[code]:-1}"
}
drop_failing() { :; }

# gate: waits until a file is there (a fifo is written to), and notes that it did.
look_gate() {
    [ -f "${given[done]}" ] || absent
    tell text "$(cat -- "${given[done]}")"
}
make_gate() {
    [ ! -f "${given[done]}" ] || return 0
    printf 'begun\n' >"${given[begun]}"
    read -r _ <"${given[open]}"
    printf 'once\n' >>"${given[done]}"
}
drop_gate() { rm -f -- "${given[done]}"; }

# loud: tells more than any limit takes, and nothing that could be packed well.
look_loud() { tell text "$(head -c "${given[bytes]}" /dev/urandom | base64 -w 0)"; }
make_loud() { :; }
drop_loud() { :; }
