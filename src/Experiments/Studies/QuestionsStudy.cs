namespace EE569.Experiments.Studies;

/// <summary>The theory questions of the source, each answered by a small experiment.</summary>
internal sealed class QuestionsStudy : IStudy
{
    private static readonly IReadOnlyList<IQuestion> All =
    [
        new LossFunctionQuestion(),
        new UpdateFrequencyQuestion(),
        new LearningRateQuestion(),
        new SchedulesQuestion(),
        new AdaptiveMethodsQuestion(),
        new EarlyStoppingQuestion(),
        new GradientCostQuestion(),
    ];

    public string Id => "questions";

    public string Title => "Questions of theory, answered by experiment";

    public string Question =>
        "Why cross-entropy and not squared error? Full batch, mini-batch or online? What if the learning rate is too small or too large? Does a schedule help? Do momentum and adaptive methods? When to stop? Why back-propagation and not finite differences?";

    public StudyResult Run(StudyContext context)
    {
        Answer[] answers = [.. All.Select(question => question.Ask(context))];
        return new StudyResult
        {
            Setting = "Small experiments on the circles, the two Gaussians and the digits; the setting of each is with its figure.",
            Figures = [.. answers.Select(answer => answer.Figure)],
            Claims = [.. answers.Select(answer => answer.Claim)],
        };
    }
}
