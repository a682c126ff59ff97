using System.Diagnostics;

namespace EE569.Experiments.Studies;

/// <summary>Runs studies one after another; each hands over its result as soon as it is complete.</summary>
internal sealed class StudyRunner(StudyOptions options, CellStore cells, IProgressReporter progress)
{
    public IEnumerable<CompletedStudy> Run(IEnumerable<IStudy> studies, CancellationToken cancellation)
    {
        foreach (IStudy study in studies)
        {
            cancellation.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            StudyResult result = study.Run(new StudyContext(study.Id, options, cells, progress, cancellation));
            progress.End(study.Id, clock.Elapsed);
            yield return new CompletedStudy(study, result, clock.Elapsed);
        }
    }
}
