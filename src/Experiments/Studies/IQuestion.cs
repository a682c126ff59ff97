namespace EE569.Experiments.Studies;

/// <summary>A theory question of the source.</summary>
internal interface IQuestion
{
    Answer Ask(StudyContext context);
}
