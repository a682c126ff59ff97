namespace EE569.Experiments.Terminal;

/// <summary>Prints what a study found.</summary>
internal static class StudyPrinter
{
    public static void Print(Screen screen, CompletedStudy completed)
    {
        screen.Line();
        screen.Heading(string.Create(CultureInfo.InvariantCulture, $"{completed.Study.Id}: {completed.Study.Title} ({completed.Elapsed.TotalSeconds:F1} s)"));
        screen.Line(completed.Result.Setting);
        screen.Line();
        foreach (Table table in completed.Result.Tables)
        {
            screen.Table(table);
        }

        foreach (Figure figure in completed.Result.Figures)
        {
            screen.Line($"{figure.Title}: {figure.Finding}");
        }

        if (completed.Result.Claims.Count > 0)
        {
            var claims = new Table("claims", "", "observation", "source", "here");
            foreach (Claim claim in completed.Result.Claims)
            {
                claims.Add(claim.Holds ? "holds" : "DIFFERS", claim.Statement, claim.Source, claim.Reason is null ? claim.Here : $"{claim.Here} ({claim.Reason})");
            }

            screen.Line();
            screen.Table(claims);
        }
    }
}
