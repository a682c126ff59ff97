namespace EE569.Experiments.Terminal;

/// <summary>One line when a task begins, one when it ends, and one about cells that an earlier run left. What takes less than a second is not mentioned.</summary>
internal sealed class PlainProgress(TextWriter writer) : IProgressReporter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tally> _tasks = [];

    public void Begin(string task, double amount, string unit = "")
    {
        lock (_gate)
        {
            if (!_tasks.TryGetValue(task, out Tally? tally))
            {
                _tasks[task] = tally = new Tally();

                // Reading a file is told when it is done, if it took long enough to matter.
                if (unit.Length == 0)
                {
                    writer.WriteLine($"{task}: running");
                }
            }

            tally.Unit = unit;
        }
    }

    public void Advance(string task, double amount)
    {
        lock (_gate)
        {
            _tasks[task].Done += amount;
        }
    }

    public void CellDone(string study, string cell, bool resumed)
    {
        lock (_gate)
        {
            _tasks[study].Done++;
            _tasks[study].Resumed += resumed ? 1 : 0;
        }
    }

    public void Note(string task, string note)
    {
    }

    public void End(string task, TimeSpan elapsed)
    {
        lock (_gate)
        {
            _tasks.Remove(task, out Tally? tally);
            if (tally!.Unit.Length > 0 && elapsed < TimeSpan.FromSeconds(1))
            {
                return;
            }

            string unit = tally.Unit.Length > 0 ? tally.Unit : tally.Done == 1 ? "step" : "steps";
            string resumed = tally.Resumed > 0 ? $", {tally.Resumed} taken from the stopped run" : "";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task}: {tally.Done:0.#} {unit} in {elapsed.TotalSeconds:F1} s{resumed}"));
        }
    }

    private sealed class Tally
    {
        public double Done { get; set; }

        public string Unit { get; set; } = "";

        public int Resumed { get; set; }
    }
}
