namespace Microsoft.ML
{
    public sealed class TrainerInfo
    {
        internal TrainerInfo()
        {
        }

        public bool NeedNormalization => true;

        public bool WantCaching => true;
    }
}

namespace Microsoft.ML.Trainers
{
    public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
        where TTransformer : IPredictionTransformer<TModel>
        where TModel : class
    {
        TrainerInfo Info { get; }
    }
}
