using Verification.Objectives;

namespace Verification.Recovery;

/// <summary>The phases of a recovery, from the accident on, one after the other.</summary>
public sealed class RecoveryClock
{
    private readonly List<ProcedurePhase> phases = [];
    private readonly DateTimeOffset accident;
    private readonly ScenarioHistory history;
    private readonly TimeProvider time;
    private DateTimeOffset last;

    /// <summary>Starts it.</summary>
    /// <param name="accident">When it happened.</param>
    /// <param name="history">Where each phase is told.</param>
    /// <param name="time">The clock.</param>
    public RecoveryClock(DateTimeOffset accident, ScenarioHistory history, TimeProvider time)
    {
        (this.accident, this.history, this.time) = (accident, history, time);
        last = accident;
    }

    /// <summary>The phases so far.</summary>
    public IReadOnlyList<ProcedurePhase> Phases => phases;

    /// <summary>How long it has taken to the end of a phase, in s.</summary>
    /// <exception cref="InvalidOperationException">There was no such phase.</exception>
    public double SecondsTo(string phase) => Math.Round((phases.First(each => each.Name == phase).Ended - accident).TotalSeconds, 3);

    /// <summary>A phase ends now, that began when the one before ended.</summary>
    public void Ended(string phase) => Add(phase, time.GetUtcNow());

    /// <summary>The phases that a procedure has told, the first of which began when the one before ended.</summary>
    public void Ended(ProcedureReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var phase in report.Phases)
            Add(phase.Name, phase.Ended);
    }

    private void Add(string phase, DateTimeOffset ended)
    {
        phases.Add(new ProcedurePhase(phase, last, ended));
        history.Event($"phase {phase}", detail: $"{(ended - last).TotalSeconds:0.00} s");
        last = ended;
    }
}
