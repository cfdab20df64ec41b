# Completion of cmq in bash: cmq completion bash > ~/.local/share/bash-completion/completions/cmq
_cmq() {
    local value
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        if [[ $value == :files ]]; then
            compopt -o default 2> /dev/null
        else
            COMPREPLY+=("$value")
        fi
    done < <(_CMQ_COMPLETE="word=${COMP_WORDS[COMP_CWORD]}" "$1" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2> /dev/null)
}
complete -F _cmq cmq
