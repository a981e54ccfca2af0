using System.Runtime.ExceptionServices;

namespace Verification.Chaos.Faults;

/// <summary>What is to be done to each of several though it fails for one, as healing is.</summary>
public static class EachOne
{
    /// <summary>Does it to one after the other, and tells of failures behind the last one.</summary>
    /// <param name="all">To which it is done.</param>
    /// <param name="act">Does it to one.</param>
    /// <exception cref="AggregateException">It failed for several. The failure of a single one is thrown as it is, and so is a
    /// cancellation: it ended all that came after it.</exception>
    public static async Task DoAsync<T>(IEnumerable<T> all, Func<T, Task> act)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(act);
        var failures = new List<Exception>();
        foreach (var one in all)
        {
            try
            {
                await act(one).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }

        if (failures.Count == 1 || (failures.Count > 0 && failures.TrueForAll(failure => failure is OperationCanceledException)))
            ExceptionDispatchInfo.Throw(failures[0]);
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
