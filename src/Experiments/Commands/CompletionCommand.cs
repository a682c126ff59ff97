using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 completion</c>: what a shell needs to complete commands and options. The words come from the program itself, by System.CommandLine's directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            # Load it with: source <(ee569 completion bash)
            _ee569() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(ee569 "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _ee569 ee569
            """,
        ["zsh"] = """
            # Load it with: source <(ee569 completion zsh)
            _ee569() {
                local -a words_found
                words_found=("${(@f)$(ee569 "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
                compadd -- ${words_found:#} || _files
            }
            compdef _ee569 ee569
            """,
        ["pwsh"] = """
            # Load it with: ee569 completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName ee569 -ScriptBlock {
                param($word, $line, $position)
                ee569 "[suggest:$position]" "$line" 2> $null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    public static Command Create(Screen screen)
    {
        var shell = new Argument<string>("shell") { Description = "The shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Prints the script that completes commands and options in a shell.") { shell };
        command.SetAction(parsed =>
        {
            screen.Line(Scripts[parsed.GetValue(shell)!]);
            return CommandLine.Success;
        });
        return command;
    }
}
