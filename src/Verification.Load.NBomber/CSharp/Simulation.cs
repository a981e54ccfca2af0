using NBomber.Contracts;
using Verification.Load;

namespace NBomber.CSharp;

/// <summary>Load models.</summary>
public static class Simulation
{
    /// <summary>Iterations arrive evenly at a rate.</summary>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) =>
        new($"inject, rate: {rate}, interval: {interval}, during: {during}", new ConstantArrivalRate(rate, interval, during));

    /// <summary>Iterations arrive at a rate that is drawn for each interval.</summary>
    public static LoadSimulation InjectRandom(int minRate, int maxRate, TimeSpan interval, TimeSpan during) =>
        new(
            $"inject_random, min_rate: {minRate}, max_rate: {maxRate}, interval: {interval}, during: {during}",
            new RandomArrivalRate(minRate, maxRate, interval, during, Environment.TickCount)
        );

    /// <summary>Iterations arrive at a rate that changes evenly from that of the simulation before.</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) =>
        new($"ramping_inject, rate: {rate}, interval: {interval}, during: {during}", new RampingArrivalRate(rate, interval, during));

    /// <summary>Copies run, each iteration after iteration.</summary>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) =>
        new($"keep_constant, copies: {copies}, during: {during}", new ConstantCopies(copies, during));

    /// <summary>Copies run, whose number changes evenly from that of the simulation before.</summary>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) =>
        new($"ramping_constant, copies: {copies}, during: {during}", new RampingCopies(copies, during));

    /// <summary>Copies run until they have begun so many iterations together.</summary>
    public static LoadSimulation IterationsForConstant(int copies, int iterations) =>
        new($"iterations_for_constant, copies: {copies}, iterations: {iterations}", new IterationsOfCopies(copies, iterations));

    /// <summary>So many iterations arrive evenly at a rate.</summary>
    public static LoadSimulation IterationsForInject(int rate, TimeSpan interval, int iterations) =>
        new(
            $"iterations_for_inject, rate: {rate}, interval: {interval}, iterations: {iterations}",
            new IterationsAtRate(rate, interval, iterations)
        );

    /// <summary>Nothing begins.</summary>
    public static LoadSimulation Pause(TimeSpan during) => new($"pause, during: {during}", new Pause(during));
}
