using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Stack.Components.Watching;

/// <summary>The configuration of Prometheus and Alertmanager in quick motion: every duration of it divided by one factor, and every other
/// byte as it was. What takes minutes in
/// production takes seconds in a test, in the same order.</summary>
/// <param name="Factor">What durations are divided by; 1 leaves all as it is.</param>
public sealed partial record TimeLapse(int Factor)
{
    private const int MillisecondsOfSecond = 1000;

    /// <summary>As in production.</summary>
    public static TimeLapse None { get; } = new(1);

    /// <summary>The one of tests: half a minute becomes a second.</summary>
    public static TimeLapse OfTests { get; } = new(30);

    /// <summary>Rewrites a file: what intervals, <c>for</c>, <c>keep_firing_for</c>, the ranges of expressions and their offsets name. A
    /// number that an expression
    /// compares a time with is no duration, and stays.</summary>
    /// <param name="text">The file.</param>
    /// <exception cref="FormatException">A duration would become less than a millisecond.</exception>
    public string Of(string text) => Factor == 1 ? text : Durations().Replace(text, match => Divided(match.Value));

    /// <summary>A duration, divided.</summary>
    public TimeSpan Of(TimeSpan duration) => duration / Factor;

    private string Divided(string duration)
    {
        var milliseconds = (long)PrometheusDuration.Parse(duration).TotalMilliseconds / Factor;
        return milliseconds switch
        {
            0 => throw new FormatException($"{duration} divided by {Factor} is less than a millisecond."),
            _ when milliseconds % MillisecondsOfSecond == 0 => string.Create(
                CultureInfo.InvariantCulture,
                $"{milliseconds / MillisecondsOfSecond}s"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms"),
        };
    }

    /// <summary>Durations where they are durations: behind a key that has one, in the brackets of a range (<c>[5m]</c>, <c>[1h:5m]</c>),
    /// behind <c>offset</c>.</summary>
    [GeneratedRegex(
        """
            (?<=^[ ]*(-[ ])?(scrape_interval|scrape_timeout|evaluation_interval|interval|query_offset|for|keep_firing_for|group_wait|group_interval|repeat_interval|resolve_timeout):[ ]+)
                (\d+(ms|[smhdwy]))+(?=[ ]*(\#.*)?$)
            | (?<=\[(\d+(ms|[smhdwy]))*:?)(\d+(ms|[smhdwy]))+(?=(:(\d+(ms|[smhdwy]))*)?\])
            | (?<=\boffset[ ]+-?)(\d+(ms|[smhdwy]))+
            """,
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Durations();
}
