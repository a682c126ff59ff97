namespace EE569.Experiments.Studies;

/// <summary>A study of the source material: what it asked, and how to find out again.</summary>
internal interface IStudy
{
    /// <summary>The name on the command line.</summary>
    string Id { get; }

    /// <summary>The heading in the report.</summary>
    string Title { get; }

    /// <summary>What the source did and asked, in a sentence or two.</summary>
    string Question { get; }

    /// <summary>Runs the study at the size and seed of the context.</summary>
    StudyResult Run(StudyContext context);
}
