# Completion of cmq in fish: cmq completion fish > ~/.config/fish/completions/cmq.fish
function __cmq_offers
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    for line in (env _CMQ_COMPLETE="word=$word" $before 2> /dev/null)
        if test "$line" = :files
            __fish_complete_path "$word"
        else
            printf '%s\n' $line
        end
    end
end
complete --command cmq --no-files --arguments '(__cmq_offers)'
