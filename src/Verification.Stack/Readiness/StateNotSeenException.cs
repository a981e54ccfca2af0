using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Stack.Readiness;

/// <summary>An awaited state was not there in time. Of the system under test that is an observation: it has failed. What was seen is
/// quoted: a control character in it would end
/// the reports of a test framework.</summary>
/// <param name="state">What was awaited.</param>
/// <param name="waited">How long.</param>
/// <param name="seen">What was seen last.</param>
/// <param name="cause">The last failure on the way; null where there was none.</param>
public sealed partial class StateNotSeenException(string state, TimeSpan waited, string seen, Exception? cause)
    : TimeoutException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Not so after {waited.TotalSeconds:0.0} s: {Quotation.Lines(state)}. Seen last: {Quotation.Lines(seen)}"
        ),
        cause
    )
{
    /// <summary>What was awaited, how long, and what was seen instead.</summary>
    public UnreachedState Unreached { get; } = new(state, waited, seen);

    /// <summary>What such an exception says, of its message: all that a test framework keeps of it.</summary>
    /// <returns>Null where the message is not of such an exception.</returns>
    public static UnreachedState? Parse(string message)
    {
        var parts = Said().Match(message);
        return parts.Success
            ? new UnreachedState(
                parts.Groups["state"].Value,
                TimeSpan.FromSeconds(double.Parse(parts.Groups["waited"].Value, CultureInfo.InvariantCulture)),
                parts.Groups["seen"].Value
            )
            : null;
    }

    [GeneratedRegex(
        @"^Not so after (?<waited>\d+\.\d) s: (?<state>.*?)\. Seen last: (?<seen>.*)\z",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Said();
}
