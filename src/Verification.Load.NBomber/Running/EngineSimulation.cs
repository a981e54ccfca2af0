using NBomber.Contracts;
using Verification.Load;

namespace NBomber.Running;

/// <summary>Load models that the engine has beyond NBomber's.</summary>
public static class EngineSimulation
{
    /// <summary>Iterations arrive as a Poisson process: at random, as those of many users who know nothing of each other.</summary>
    /// <param name="rate">How many arrive in an interval on average.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="during">How long they arrive.</param>
    /// <param name="seed">What all is drawn from: the same draws the same.</param>
    public static LoadSimulation InjectPoisson(int rate, TimeSpan interval, TimeSpan during, int seed) =>
        new(
            $"inject_poisson, rate: {rate}, interval: {interval}, during: {during}, seed: {seed}",
            new PoissonArrivalRate(rate, interval, during, seed)
        );
}
