# shellcheck shell=bash disable=SC2154
# firewall: port (list "22/tcp" or "11000-11009/tcp") and source (list of ranges that may use every TCP port).
# Where no firewalld runs, nothing is in the way, so everything counts as open.

is_firewall_up() { systemctl is-active --quiet firewalld.service; }

rule_of() { printf -v rule 'rule family="ipv4" source address="%s" port port="1-65535" protocol="tcp" accept' "$1"; }

# open_in where...: tells for each wish whether it is open, in "opened".
ask_firewall() {
    local text line
    ports=' ' rules=''
    text=$(firewall-cmd "$@" --list-all) || fail "firewall-cmd does not answer: systemctl status firewalld"
    while IFS= read -r line; do
        case $line in
            *'  ports: '*) ports=" ${line#*ports: } " ;;
            *'rule family='*) rules+="${line#"${line%%rule*}"}"$'\n' ;;
        esac
    done <<<"$text"
}

# each_opening: calls the function with "port <port>" or "source <range>" for every wish.
each_opening() {
    local item
    each port
    for item in "${items[@]}"; do "$1" port "$item"; done
    each source
    for item in "${items[@]}"; do "$1" source "$item"; done
}

is_open() {
    local rule
    if [ "$1" = port ]; then
        [[ $ports == *" $2 "* ]]
    else
        rule_of "$2"
        [[ $'\n'$rules == *$'\n'"$rule"$'\n'* ]]
    fi
}

note_closed() { is_open "$1" "$2" || closed+=" $2"; }

tell_opening() { if [[ " $closed " == *" $2 "* ]]; then tell "$2" closed; else tell "$2" open; fi; }

look_firewall() {
    local closed='' ports rules
    if is_firewall_up; then
        ask_firewall
        each_opening note_closed
        ask_firewall --permanent
        each_opening note_closed
    fi
    each_opening tell_opening
}

open_it() {
    local rule
    is_open "$1" "$2" && return 0
    if [ "$1" = port ]; then
        firewall-cmd "${scope[@]}" "--add-port=$2"
    else
        rule_of "$2"
        firewall-cmd "${scope[@]}" "--add-rich-rule=$rule"
    fi
}

make_firewall() {
    local ports rules scope=()
    is_firewall_up || return 0
    ask_firewall
    each_opening open_it
    scope=(--permanent)
    ask_firewall --permanent
    each_opening open_it
}
