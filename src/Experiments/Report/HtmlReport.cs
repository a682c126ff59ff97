using static EE569.Experiments.Report.HtmlPage;

namespace EE569.Experiments.Report;

/// <summary>The report: one HTML page with every claim, figure and table of a run.</summary>
internal sealed class HtmlReport(RunDescription run, IReadOnlyList<CompletedStudy> studies)
{
    public void Write(TextWriter page) => HtmlPage.Write(page, "EE569: studies of mini-batch training", _ =>
    {
        WriteHeader(page);
        page.WriteLine("<main>");
        foreach (CompletedStudy study in studies)
        {
            WriteStudy(page, study);
        }

        page.WriteLine("</main>");
    });

    private void WriteHeader(TextWriter page)
    {
        int claims = studies.Sum(study => study.Result.Claims.Count);
        int holding = studies.Sum(study => study.Result.Claims.Count(claim => claim.Holds));
        page.WriteLine($"""
            <header>
            <h1>Studies of mini-batch training</h1>
            <p>{studies.Count} studies; {holding} of {claims} observations of the source hold in this run.</p>
            {Definitions(
                ("Command", $"<code>{Text(run.Command)}</code>"),
                ("Date", Text(run.Date)),
                ("Seed", Text(run.Seed.ToString(CultureInfo.InvariantCulture))),
                ("Machine", Text($"{run.Processor}; {run.OperatingSystem}")),
                ("Versions", Text(RunDescription.Versions)))}
            <nav aria-label="Contents">
            <ol>
            {string.Join('\n', studies.Select(study => $"<li>{Link($"#{study.Study.Id}", study.Study.Title)}</li>"))}
            </ol>
            </nav>
            </header>
            """);
    }

    private static void WriteStudy(TextWriter page, CompletedStudy completed)
    {
        IStudy study = completed.Study;
        page.WriteLine($"""
            <section id="{study.Id}">
            <h2>{Text(study.Title)}</h2>
            <p>{Text(study.Question)}</p>
            <p class="quiet">{Text(completed.Result.Setting)} {Text(FormattableString.Invariant($"Took {completed.Elapsed.TotalSeconds:F1} s."))}</p>
            """);
        WriteClaims(page, completed.Result.Claims);
        foreach (Figure figure in completed.Result.Figures)
        {
            IEnumerable<string> links = figure.Data
                .Select(table => Link(ResultFolder.TablePath(study.Id, table), $"{table.Name}.csv"))
                .Append(Link(ResultFolder.SpecificationPath(study.Id, figure), "Vega-Lite"));
            WriteFigure(page, $"{study.Id}-{figure.Id}", figure, links);
        }

        foreach (Table table in completed.Result.Tables)
        {
            WriteTable(page, table);
            page.WriteLine($"<p class=\"files\">{Link(ResultFolder.TablePath(study.Id, table), $"{table.Name}.csv")}</p>");
        }

        page.WriteLine("</section>");
    }

    private static void WriteClaims(TextWriter page, IReadOnlyList<Claim> claims)
    {
        if (claims.Count == 0)
        {
            return;
        }

        page.WriteLine("<div class=\"scroll\"><table><caption>Observations of the source</caption><thead><tr><th scope=\"col\">Observation</th><th scope=\"col\">Source</th><th scope=\"col\">Here</th><th scope=\"col\">Verdict</th></tr></thead><tbody>");
        foreach (Claim claim in claims)
        {
            string verdict = claim.Holds ? "<td class=\"holds\">holds</td>" : "<td class=\"differs\">differs</td>";
            page.WriteLine($"<tr{(claim.Reason is null ? "" : " class=\"explained\"")}><td>{Text(claim.Statement)}</td><td>{Text(claim.Source)}</td><td>{Text(claim.Here)}</td>{verdict}</tr>");
            if (claim.Reason is not null)
            {
                page.WriteLine($"<tr><td class=\"reason\" colspan=\"4\">{Text(claim.Reason)}</td></tr>");
            }
        }

        page.WriteLine("</tbody></table></div>");
    }
}
