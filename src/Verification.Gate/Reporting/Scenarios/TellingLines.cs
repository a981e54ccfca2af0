using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Gate.Reporting.Scenarios;

/// <summary>The warnings and errors that services and data stores wrote while faults lasted, of the logs that were saved.</summary>
/// <param name="folder">The run.</param>
/// <param name="redaction">Takes secrets out, as of every other line of a log that is shown.</param>
internal sealed partial class TellingLines(RunFolder folder, Redaction redaction)
{
    /// <summary>How many lines of a scenario are shown.</summary>
    public const int Most = 12;

    /// <summary>How many characters of a line are shown.</summary>
    public const int Longest = 200;

    // Who writes another sentence each time fills no memory.
    private const int MostKinds = 2000;
    private const int ShapeLength = 300;
    private static readonly string[] Components = ["dashboard", "server", "mysql", "redis", "activemq", "broker"];

    // What tells metrics of them, and what leads to them.
    private static readonly string[] Beside = ["-exporter", "-link"];

    /// <summary>Those of several scenarios, in one pass over the logs.</summary>
    /// <param name="scenarios">For each scenario from when to when its faults lasted.</param>
    /// <returns>For each scenario its lines.</returns>
    public IReadOnlyList<TellingExcerpt> Within(IReadOnlyList<IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>> scenarios)
    {
        List<Gathered> gathered = [.. scenarios.Select(times => new Gathered(times))];
        if (Directory.Exists(folder.Logs))
        {
            foreach (var file in Directory.EnumerateFiles(folder.Logs, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                Read(file, gathered);
        }

        return [.. gathered.Select(each => each.Excerpt(redaction))];
    }

    private static void Read(string file, List<Gathered> gathered)
    {
        var instance = Path.GetFileNameWithoutExtension(file);
        if (
            !Array.Exists(Components, component => instance.StartsWith(component, StringComparison.Ordinal))
            || Array.Exists(Beside, ending => instance.EndsWith(ending, StringComparison.Ordinal))
        )
            return;
        foreach (var line in LoggedLine.Of(file))
        {
            foreach (var scenario in gathered)
            {
                if (scenario.Covers(line.Time))
                    scenario.Take(instance, line);
            }
        }
    }

    /// <summary>What is equal of lines that say the same of other times, ids and amounts.</summary>
    private static string ShapeOf(string text) => WithDigits().Replace(text.Length > ShapeLength ? text[..ShapeLength] : text, "#");

    [GeneratedRegex(@"[^\s""',:;()\[\]{}=]*\d[^\s""',:;()\[\]{}=]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WithDigits();

    /// <summary>The lines of one scenario, those that say the same counted.</summary>
    private sealed class Gathered(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        private readonly Dictionary<(string Instance, string Shape), Kind> kinds = [];
        private int all;

        public bool Covers(DateTimeOffset time)
        {
            foreach (var (from, to) in spans)
            {
                if (time >= from && time <= to)
                    return true;
            }

            return false;
        }

        public void Take(string instance, LoggedLine line)
        {
            var (severity, text) = LineSeverities.Of(line.Text);
            if (severity == LineSeverity.Other)
                return;
            all++;
            var key = (instance, ShapeOf(text));
            if (kinds.Count >= MostKinds && !kinds.ContainsKey(key))
                return;
            ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, key, out var known);
            var times = kind.Times + 1;
            kind = known && kind.Time <= line.Time ? kind with { Times = times } : new Kind(line.Time, severity, text, times);
        }

        private static string Repeated(int times) => times > 1 ? $" (×{times})" : string.Empty;

        /// <summary>Errors before warnings, the first before later ones; shown in their order.</summary>
        public TellingExcerpt Excerpt(Redaction redaction)
        {
            var shown = kinds
                .OrderByDescending(kind => kind.Value.Severity)
                .ThenBy(kind => kind.Value.Time)
                .ThenBy(kind => kind.Key.Instance, StringComparer.Ordinal)
                .ThenBy(kind => kind.Key.Shape, StringComparer.Ordinal)
                .Take(Most)
                .ToList();
            return new TellingExcerpt(
                [
                    .. shown
                        .OrderBy(kind => kind.Value.Time)
                        .Select(kind => new TellingLine(
                            kind.Value.Time,
                            kind.Key.Instance,
                            // Cut behind the masking: half a secret would be known no more.
                            Quotation.Of(redaction.Clean(kind.Value.Text), Longest) + Repeated(kind.Value.Times)
                        )),
                ],
                all - shown.Sum(kind => kind.Value.Times)
            );
        }
    }

    /// <summary>Lines that say the same.</summary>
    /// <param name="Time">When the first of them was written.</param>
    /// <param name="Severity">Its severity.</param>
    /// <param name="Text">What it says.</param>
    /// <param name="Times">How many there are.</param>
    private readonly record struct Kind(DateTimeOffset Time, LineSeverity Severity, string Text, int Times);
}

/// <summary>What was written while the faults of a scenario lasted.</summary>
/// <param name="Lines">The lines that are shown, in their order.</param>
/// <param name="Omitted">How many warnings and errors are not.</param>
internal sealed record TellingExcerpt(IReadOnlyList<TellingLine> Lines, int Omitted)
{
    /// <summary>Where nothing was written.</summary>
    public static TellingExcerpt None { get; } = new([], 0);
}

/// <summary>A line of a log that tells of a fault.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Instance">Who wrote it.</param>
/// <param name="Text">What it says, without secrets, and cut.</param>
internal sealed record TellingLine(DateTimeOffset Time, string Instance, string Text);
