namespace EE569.Experiments.Studies.Questions;

/// <summary>A theory question of the source.</summary>
internal interface IQuestion
{
    Answer Ask(StudyContext context);
}
