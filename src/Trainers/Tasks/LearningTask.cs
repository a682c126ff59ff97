namespace EE569.Trainers.Tasks;

/// <summary>What is learned: how a label is read, the loss, the columns of a prediction and who fills them, how members of an ensemble make one prediction, and ML.NET's model of the last layer.</summary>
internal abstract class LearningTask
{
    /// <summary>A Boolean label: 0 or 1.</summary>
    public static readonly LearningTask Binary = new BinaryTask();

    /// <summary>A key label: classes 0 … k-1.</summary>
    public static readonly LearningTask Multiclass = new MulticlassTask();

    /// <summary>A Single label.</summary>
    public static readonly LearningTask Regression = new RegressionTask();

    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>The loss.</summary>
    public abstract LossFunction Loss { get; }

    /// <summary>The columns of a prediction.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Fills these columns for the rows of an input.</summary>
    public abstract RowScorer CreateScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model);

    /// <summary>Classes that are told apart; 0 for regression.</summary>
    public abstract int ClassCount(DataViewSchema.Column label);

    /// <summary>Scores per example.</summary>
    public virtual int OutputCount(int classes) => 1;

    /// <summary>What the keys of a label stand for; null where they stand for themselves, or where the label is no key.</summary>
    public virtual string[]? ClassNames(DataViewSchema.Column label) => null;

    /// <summary>Reads the label of the cursor's row: the class, or the value to predict; NaN where it is missing.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="label">The label column.</param>
    /// <param name="classMap">The class of each key; null where it is the key itself.</param>
    public abstract Func<double> LabelReader(DataViewRow cursor, DataViewSchema.Column label, int[]? classMap);

    /// <summary>One network that predicts the mean of the predictions of several.</summary>
    public NetworkForm Mean(IReadOnlyList<NetworkForm> members) => members.Count == 1 ? members[0] : MeanOf(members);

    /// <summary>ML.NET's transformer of the last layer.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="schema">What it reads.</param>
    /// <param name="feature">Its feature column.</param>
    /// <param name="label">The label column.</param>
    public abstract ISingleFeaturePredictionTransformer<object> CreateTop(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature, string label);

    /// <summary>Whether a model is that of a last layer for this task.</summary>
    public abstract bool IsTop(object model);

    /// <summary>The task of ML.NET's model of a last layer, or null.</summary>
    public static LearningTask? Of(object top) => new[] { Binary, Multiclass, Regression }.FirstOrDefault(task => task.IsTop(top));

    private protected abstract NetworkForm MeanOf(IReadOnlyList<NetworkForm> members);
}
