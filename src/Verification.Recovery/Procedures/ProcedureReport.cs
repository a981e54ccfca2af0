using System.Text.Json;

namespace Verification.Recovery;

/// <summary>What a procedure of <c>config/backup/</c> has told of itself: its lines of JSON on standard output.</summary>
/// <param name="Phases">Its phases, in order.</param>
/// <param name="Facts">What it has seen, by name; of a name told twice the last.</param>
/// <param name="Refusal">Why it has refused; null where it has not.</param>
public sealed record ProcedureReport(IReadOnlyList<ProcedurePhase> Phases, IReadOnlyDictionary<string, string> Facts, string? Refusal)
{
    /// <summary>Reads an output. Lines that are none of a procedure's are left out.</summary>
    public static ProcedureReport Parse(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var phases = new List<ProcedurePhase>();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? refusal = null;
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("{\"procedure\":", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(line);
            var told = document.RootElement;
            if (told.TryGetProperty("phase", out var phase))
                phases.Add(new ProcedurePhase(phase.GetString()!, At(told.GetProperty("began")), At(told.GetProperty("ended"))));
            else if (told.TryGetProperty("fact", out var fact))
                facts[fact.GetString()!] = told.GetProperty("value").GetString()!;
            else if (told.TryGetProperty("why", out var why))
                refusal = why.GetString();
        }

        return new ProcedureReport(phases, facts, refusal);
    }

    private static DateTimeOffset At(JsonElement milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetInt64());
}

/// <summary>A phase of something that takes its time.</summary>
/// <param name="Name">Its name, one word.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it ended.</param>
public sealed record ProcedurePhase(string Name, DateTimeOffset Began, DateTimeOffset Ended)
{
    /// <summary>How long it took, in s.</summary>
    public double Seconds => Math.Round((Ended - Began).TotalSeconds, 3);
}
