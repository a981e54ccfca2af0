using System.Diagnostics;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Benchmarks.Restoring;

/// <summary>One client that commits rows one after the other, as long as something goes on, and the longest time that one waited.</summary>
internal static class CommitGap
{
    private const string Insert = "INSERT INTO commits (at) VALUES (NOW(6))";

    /// <summary>Commits until something has ended.</summary>
    /// <param name="stack">The stack whose MySQL takes the rows, in a table <c>commits</c>.</param>
    /// <param name="meanwhile">What goes on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The longest commit, in ms.</returns>
    public static async Task<double> LongestAsync(AttachedStack stack, Task meanwhile, CancellationToken cancellationToken)
    {
        await using var connection = await stack.MySqlAsync(cancellationToken);
        await using var insert = new MySqlCommand(Insert, connection);
        var longest = TimeSpan.Zero;
        while (!meanwhile.IsCompleted)
        {
            var since = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync(cancellationToken);
            var took = Stopwatch.GetElapsedTime(since);
            longest = took > longest ? took : longest;
        }

        await meanwhile;
        return longest.TotalMilliseconds;
    }
}
