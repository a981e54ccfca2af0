namespace Verification.Tests.Chaos;

/// <summary>What every scenario of this suite has: a workload from before the fault until after the healing, and the checkers over what it
/// recorded.</summary>
public abstract class ChaosScenario : Scenario
{
    private readonly List<SteadyWorkload> workloads = [];
    private PlatformUnderTest? driven;

    /// <summary>Makes it.</summary>
    protected ChaosScenario(PlatformFixture platform)
        : base(platform) { }

    /// <summary>What was recorded.</summary>
    protected IReadOnlyList<HistoryLine> History => Platform.History.Lines;

    /// <summary>Now, in ns, as the history counts.</summary>
    protected long Now => Platform.History.Now;

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (driven is not null)
            await driven.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a workload over connections of its own.</summary>
    /// <param name="name">What its markers start with.</param>
    /// <param name="rate">How often it asks.</param>
    protected SteadyWorkload StartWorkload(string name, WorkloadRate rate)
    {
        driven ??= PlatformUnderTest.Of(Stack, Platform.History, Suite.Folder, (service, deadline) => new HttpTransport(service, deadline));
        workloads.Add(new SteadyWorkload(driven, Marker.New(name), rate, TimeProvider.System));
        return workloads[^1];
    }

    /// <summary>What was seen under a workload that has not kept its rate says nothing, but of what became of the buffs that it has
    /// posted.</summary>
    /// <inheritdoc />
    protected override LineVerdict Hold(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var saturation = workloads.Select(workload => workload.Saturation).FirstOrDefault(found => found is not null);
        return base.Hold(
            saturation is null || measurement.IsOfAccount ? measurement : Measurement.NotMeasured(measurement.Objective, saturation)
        );
    }

    /// <summary>Accounts for the buffs of a workload that has ended, and keeps beside it in what order they stand.</summary>
    protected async Task<Measurement> AccountOfAsync(string objective, SteadyWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var account = Measurement.OfAccount(objective, await Platform.Account.CloseAsync(workload.Prefix, Cancellation));
        var order = Order.Check(History, await Platform.Table.PlacesAsync(workload.Prefix, Cancellation));
        Platform.History.Event("overtaken", detail: order.Diagnosis);
        return account with { Files = [.. account.Files, new CheckFiles(Suite.Folder).Keep(TestName, "order", order)] };
    }

    /// <summary>For how long a buff of a workload, once it was acknowledged or had been listed, was missing from a list at most, in
    /// s.</summary>
    protected Measurement StalenessOf(string objective, SteadyWorkload workload, WorkloadRate rate)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(rate);
        // Most listings are the same, and so are their files: each is read once.
        var files = new ObservationFiles(Suite.Folder);
        var read = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var history = History;
        var staleness = Staleness.Check(history.Where(line => line.Name != "post" || IsOurs(line.Marker)), Listed);
        var flicker = Flicker.Check(history, Listed);
        // What was listed and is missing again may never have been acknowledged.
        var (oldest, told) =
            flicker.Longest > staleness.Oldest ? (flicker.Longest, flicker.Diagnosis) : (staleness.Oldest, staleness.Diagnosis);
        return new Measurement(objective, oldest.TotalSeconds, staleness.Listings, told, rate.BetweenGets.TotalSeconds);

        bool IsOurs(string? marker) => marker?.StartsWith(workload.Prefix, StringComparison.Ordinal) == true;

        IReadOnlySet<string> Listed(string file) =>
            read.TryGetValue(file, out var known)
                ? known
                : read[file] = files.Questions(file).Where(IsOurs).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Looks at the queue until nothing waits in it any more, or patience has ended. The history has each look, and what came of
    /// them.</summary>
    /// <param name="since">When what waits could be stored again, in ns as the history counts.</param>
    /// <param name="patience">For how long.</param>
    protected async Task<DrainResult> DrainAsync(long since, TimeSpan patience)
    {
        try
        {
            await Eventually.IsTrueAsync(
                "nothing waits in the queue",
                patience,
                async ct => await Platform.Queue.LookAsync(ct) == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What still waits is told.
        }

        var drain = Drain.Check(History, since);
        Platform.History.Event("drained", detail: drain.Diagnosis);
        return drain;
    }

    /// <summary>When a fault was about to be applied, in ns as the history counts.</summary>
    protected long BeginOf(InjectedFault fault) =>
        History.First(line => line is { Kind: HistoryKind.Fault, Phase: FaultPhase.Begin } && line.Marker == fault.Id).Invoke;

    /// <summary>How long it took from a fault on until operations were answered well again, in s.</summary>
    protected Measurement RecoveryOf(string objective, string operation, InjectedFault fault, TimeSpan resolution) =>
        RecoveryOf(objective, operation, fault, BeginOf(fault), resolution);

    /// <summary>How long it took from a moment of a fault on until operations were answered well again, in s.</summary>
    protected Measurement RecoveryOf(string objective, string operation, InjectedFault fault, long since, TimeSpan resolution)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var recovery = Outage.Recovery(History, operation, since);
        return new Measurement(
            objective,
            recovery.Time?.TotalSeconds,
            recovery.AnsweredSince,
            $"{recovery.Failed} of {recovery.Asked} failed",
            resolution.TotalSeconds,
            fault.Fault.Target
        )
        {
            Fault = fault.Fault.Name,
        };
    }

    /// <summary>How long the slowest answer took, good or bad, of the operations since a fault, in s.</summary>
    protected Measurement SlowestOf(string objective, string operation, InjectedFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var begin = BeginOf(fault);
        var answered = History
            .Where(line => line.Kind == HistoryKind.Op && line.Name == operation && line.Invoke >= begin && line.Complete is not null)
            .ToList();
        var slowest = answered.MaxBy(line => line.Complete - line.Invoke);
        return new Measurement(
            objective,
            slowest is null ? null : (slowest.Complete!.Value - slowest.Invoke) / 1e9,
            answered.Count,
            $"{slowest?.Marker}",
            Target: fault.Fault.Target
        )
        {
            Fault = fault.Fault.Name,
        };
    }

    /// <summary>How many of the operations since a fault were not answered well: for what the fault should not reach at all.</summary>
    protected Measurement UnansweredOf(string objective, string operation, InjectedFault fault)
    {
        var availability = Availability.Check(History, operation, BeginOf(fault), Now);
        return Measurement.OfDeviations(objective, availability.Unanswered, availability.Asked) with
        {
            Target = fault.Fault.Target,
            Fault = fault.Fault.Name,
        };
    }

    /// <summary>Which share of the operations since a fault was answered well.</summary>
    protected Measurement AvailabilityOf(string objective, string operation, InjectedFault fault)
    {
        // The workload has ended before the account that is closed since.
        var last = History.Last(line => line.Kind == HistoryKind.Op && line.Name == operation).Invoke;
        var availability = Availability.Check(History, operation, BeginOf(fault), last);
        var unanswered = availability.Unanswered.Count == 0 ? string.Empty : $": {string.Join(" | ", availability.Unanswered.Take(3))}";
        return new Measurement(
            objective,
            availability.Ratio,
            availability.Asked,
            $"{availability.Asked - availability.Answered} of {availability.Asked} unanswered, none answered for at most {availability.LongestOutage.TotalSeconds:0.00} s{unanswered}",
            Target: fault.Fault.Target
        )
        {
            Fault = fault.Fault.Name,
        };
    }
}
