using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 list</c>: the studies that <c>reproduce</c> knows.</summary>
internal static class ListCommand
{
    public static Command Create(Screen screen)
    {
        Option<bool> json = SharedOptions.Json();
        var command = new Command("list", "Lists the studies that can be reproduced.") { json };
        command.SetAction(parsed => Run(screen, parsed.GetValue(json)));
        return command;
    }

    private static int Run(Screen screen, bool json)
    {
        if (json)
        {
            screen.Line(JsonText.Of(StudyCatalog.All.Select(study => new { study.Id, study.Title, study.Question })));
            return CommandLine.Success;
        }

        var table = new Table("studies", "id", "study", "question");
        foreach (IStudy study in StudyCatalog.All)
        {
            table.Add(study.Id, study.Title, study.Question);
        }

        screen.Table(table);
        return CommandLine.Success;
    }
}
