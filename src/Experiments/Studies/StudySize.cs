namespace EE569.Experiments.Studies;

/// <summary>How much of a study to run.</summary>
internal enum StudySize
{
    /// <summary>Every study in under three minutes together: fewer seeds and epochs where the pattern allows it.</summary>
    Quick,

    /// <summary>The source's own size.</summary>
    Full,
}
