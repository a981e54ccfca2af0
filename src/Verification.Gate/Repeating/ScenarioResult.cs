using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Gate.Repeating;

/// <summary>What one try of a scenario came to: a line of <c>runs/chaos.jsonl</c>, and of <c>chaos.jsonl</c> of its run.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Content">Hash of all that the result rests on.</param>
/// <param name="Broker">Kind of broker.</param>
/// <param name="Topology">Arrangement of the components.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Why">Why it is no PASS; empty where it is one.</param>
/// <param name="Figures">The deciding figure of each objective that measured one, in its unit.</param>
/// <param name="Run">Id of the run that has the evidence.</param>
/// <param name="Commit">Commit of the verification project, with <c>-dirty</c> where files differ; null outside a checkout.</param>
/// <param name="Seconds">How long it took, the start of its platform among it.</param>
/// <param name="At">When it was decided (UTC).</param>
internal sealed partial record ScenarioResult(
    string Scenario,
    string Content,
    string Broker,
    string Topology,
    Verdict Verdict,
    string Why,
    IReadOnlyDictionary<string, double> Figures,
    string Run,
    string? Commit,
    double Seconds,
    DateTimeOffset At
) : IJsonOnDeserialized
{
    /// <summary>Name of the schema of a line.</summary>
    public const string Schema = "chaos-result";

    /// <inheritdoc />
    void IJsonOnDeserialized.OnDeserialized()
    {
        LineRules.Demand(Scenario.Length > 0, "a scenario's name");
        LineRules.Demand(Hash().IsMatch(Content), "twelve hexadecimal digits as content");
        LineRules.Demand(LineRules.IsComponent(Broker), "a kind of broker");
        LineRules.Demand(Topology.Length > 0, "a topology's name");
        LineRules.Demand(Figures.Values.All(figure => LineRules.IsFigure(figure)), "figures that are numbers");
        LineRules.Demand(Run.Length > 0, "a run's id");
        LineRules.Demand(LineRules.IsFigure(Seconds) && Seconds >= 0, "seconds of at least 0");
    }

    [GeneratedRegex("^[0-9a-f]{12}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}
