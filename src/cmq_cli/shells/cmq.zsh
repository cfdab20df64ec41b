#compdef cmq
# Completion of cmq in zsh: cmq completion zsh > a folder of your $fpath/_cmq
_cmq() {
    local line
    local -a offers
    for line in "${(@f)$(_CMQ_COMPLETE="word=$words[CURRENT]" "$words[1]" "${(@)words[2,CURRENT-1]}" 2> /dev/null)}"; do
        if [[ $line == :files ]]; then
            _files
            return
        fi
        [[ -n $line ]] && offers+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    _describe -t values value offers
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _cmq "$@"
else
    compdef _cmq cmq
fi
