using EE569.Experiments.Results;
namespace EE569.Experiments.Studies;
internal sealed class CompareStudy : IStudy
{
    public string Id => "compare";
    public string Title => "";
    public string Question => "";
    public StudyResult Run(StudyContext context) => new StudyResult { Setting = "" };
}
