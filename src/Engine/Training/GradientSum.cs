namespace EE569.Engine.Training;

/// <summary>The sum of the gradients of some shards, and of their figures.</summary>
/// <param name="gradients">Where it is kept, a matrix for each parameter.</param>
internal sealed class GradientSum<T>(Matrix<T>[] gradients) where T : unmanaged, IFloatingPointIeee754<T>
{
    public StepFigures Figures { get; } = new();

    public long Bytes => gradients.Sum(gradient => gradient.Bytes);

    /// <summary>A sum in buffers of its own.</summary>
    public static GradientSum<T> Create(IEnumerable<Parameter<T>> parameters) =>
        new([.. parameters.Select(parameter => new Matrix<T>(parameter.Rows, parameter.Width))]);

    /// <summary>Lets the next backward pass of parameters write here.</summary>
    public void Receive(Parameter<T>[] parameters)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            parameters[i].UseGradient(gradients[i]);
        }
    }

    public void Add(GradientSum<T> other)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            TensorPrimitives.Add(gradients[i].Values, other[i].Values, gradients[i].Values);
        }

        Figures.Add(other.Figures);
    }

    private Matrix<T> this[int parameter] => gradients[parameter];
}
