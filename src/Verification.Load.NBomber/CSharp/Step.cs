using NBomber.Contracts;
using NBomber.Running;

namespace NBomber.CSharp;

/// <summary>A part of an iteration that is measured by itself.</summary>
public static class Step
{
    /// <summary>Does it and measures it. What it throws is a failed response; a failed one ends the iteration, unless the scenario says
    /// otherwise.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="context">The context that the iteration was given.</param>
    /// <param name="run">What it does.</param>
    public static async Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (context is not ScenarioContext own)
            throw new ArgumentException("The context of a step is the one that its iteration was given.", nameof(context));
        var since = own.Now;
        Response<T> response;
        try
        {
            response = await run().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a step throws is its answer.
        catch (Exception e) when (e is not FailedStepException)
#pragma warning restore CA1031
        {
            response = Unanswered.By<T>(e);
        }

        own.Record(name, since, response);
        return response.IsError && own.EndsWithAFailedStep ? throw new FailedStepException(response) : response;
    }
}
