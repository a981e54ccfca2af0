namespace Verification.Objectives;

/// <summary>What a test has measured of an objective.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Value">The value, in the objective's unit; null if nothing could be measured.</param>
/// <param name="Observations">On how many observations it rests.</param>
/// <param name="Diagnosis">What was seen where it deviates, or why nothing was measured.</param>
/// <param name="Resolution">Smallest difference the measurement can see; null for counts.</param>
/// <param name="Target">Name of the instance that was measured, or that a fault was aimed at.</param>
public sealed record Measurement(
    string Objective,
    double? Value,
    long? Observations,
    string? Diagnosis = null,
    double? Resolution = null,
    string? Target = null
)
{
    private const int Told = 5;

    /// <summary>What was done to the target; null for nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>The part of the scenario; null where it has one only.</summary>
    public string? Phase { get; init; }

    /// <summary>The state that was awaited in vain; null where none was.</summary>
    public UnreachedState? Unreached { get; init; }

    /// <summary>Whether it is an account of buffs: each stands or does not, however it came to be posted.</summary>
    public bool IsOfAccount { get; private init; }

    /// <summary>The components at fault where it fails, the likelier first, at most two; none where nothing more is known than the
    /// objective says.</summary>
    public IReadOnlyList<string> Suspects { get; init; } = [];

    /// <summary>Files of evidence, relative to the run's folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How many deviations there are; the first five of them are the diagnosis.</summary>
    /// <param name="objective">Id of the objective, whose unit counts deviations.</param>
    /// <param name="deviations">Each in a few words.</param>
    /// <param name="observations">How many things could have deviated.</param>
    /// <param name="lead">What is said before them, where there are any.</param>
    public static Measurement OfDeviations(string objective, IReadOnlyCollection<string> deviations, long observations, string lead = "") =>
        new(
            objective,
            deviations.Count,
            observations,
            deviations.Count == 0
                ? null
                : $"{lead}{string.Join(" | ", deviations.Take(Told))}{(deviations.Count > Told ? $" | and {deviations.Count - Told} more" : string.Empty)}"
        );

    /// <summary>The account of buffs: how many that were acknowledged do not stand exactly once in the table, and how many stand there that
    /// nobody has posted with success.</summary>
    /// <param name="objective">Id of the objective, whose unit counts buffs.</param>
    /// <param name="account">The account.</param>
    /// <param name="observations">How many buffs were observed; null for those that were acknowledged.</param>
    public static Measurement OfAccount(string objective, LedgerResult account, long? observations = null) =>
        new(
            objective,
            account.Faults,
            observations ?? account.Acked,
            account.Faults > 0 || account.HeldBack > 0 || account.Acked == 0 ? account.Diagnosis : null
        )
        {
            IsOfAccount = true,
            Files = account.File is { } file ? [file] : [],
            Suspects = account.Journey?.Suspects ?? [],
        };

    /// <summary>What a gate has said of a platform: which of its objectives failed, of those that it has decided. What is only shown, and
    /// what somebody answers for, fails nothing.</summary>
    /// <param name="objective">Id of the objective, whose unit counts objectives.</param>
    /// <param name="verdict">The verdict.</param>
    public static Measurement OfVerdict(string objective, ReleaseVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var deciding = verdict.Objectives.Where(each => each is { Counts: true, Waiver: null }).ToList();
        var undecided = Those(Verdict.Unknown);
        var measured = OfDeviations(objective, Those(Verdict.Fail), deciding.Count - undecided.Count);
        return measured.Diagnosis is null && undecided.Count > 0
            ? measured with
            {
                Diagnosis = $"not decided: {string.Join(" | ", undecided)}",
            }
            : measured;

        List<string> Those(Verdict said) =>
            [.. deciding.Where(each => each.Verdict == said).Select(each => $"{each.Objective.Id}: {each.Why}")];
    }

    /// <summary>The account of buffs while the platform does not serve: one without a row may still wait in the queue. Only more than wait
    /// there are lost for certain; where none is, and some wait, nothing is known.</summary>
    /// <param name="objective">Id of the objective, whose unit counts buffs.</param>
    /// <param name="account">The account, as things stood after the look into the queue.</param>
    /// <param name="queued">How many messages were in the queue; null where the broker does not tell.</param>
    public static Measurement OfOpenAccount(string objective, LedgerResult account, long? queued)
    {
        ArgumentNullException.ThrowIfNull(account);
        var certain = account.Faults - Math.Min(account.Lost.Count, queued ?? account.Lost.Count);
        return certain > 0 || account.Lost.Count == 0
            ? OfAccount(objective, account) with
            {
                Value = certain,
            }
            : NotMeasured(
                objective,
                $"{account.Lost.Count} of {account.Acked} acknowledged buffs have no row as things stand, and {(queued is { } messages ? $"the queue holds {messages} messages" : "the broker does not tell what its queue holds")}"
            );
    }

    /// <summary>The same, where what brought the rows back is at fault and not what once stored them: the suspects are those of the
    /// objective.</summary>
    public Measurement OfWhatBroughtItBack() => this with { Suspects = [] };

    /// <summary>The platform did not come to a state: that is a failure, whatever the limit.</summary>
    public static Measurement OfUnreached(string objective, UnreachedState state) => new(objective, null, null) { Unreached = state };

    /// <summary>Nothing could be measured.</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <param name="why">Why not: the suite or the machine is at fault.</param>
    public static Measurement NotMeasured(string objective, string why) => new(objective, null, null, why);
}

/// <summary>A state that was awaited in vain.</summary>
/// <param name="State">What was awaited.</param>
/// <param name="Waited">How long.</param>
/// <param name="Seen">What was seen last.</param>
public sealed record UnreachedState(string State, TimeSpan Waited, string Seen);
