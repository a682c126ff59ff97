namespace EE569.Engine.Schedules;

/// <summary>The factor of a base value - learning rate, decay, dropout - as a pure function of progress.</summary>
/// <param name="step">Step about to be taken, from 0.</param>
/// <param name="totalSteps">Number of steps of the whole training.</param>
public delegate double Schedule(long step, long totalSteps);
