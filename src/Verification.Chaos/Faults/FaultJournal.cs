using Verification.Objectives;

namespace Verification.Chaos.Faults;

/// <summary><c>faults.jsonl</c> of a run: written before a fault is applied and after it has healed, so that whoever comes after a crash
/// knows what is left to heal.</summary>
/// <param name="run">Folder of the run.</param>
public sealed class FaultJournal(RunFolder run)
{
    /// <summary>Appends a record. When the call returns the operating system has it.</summary>
    /// <exception cref="IOException">It could not be written: then the fault must not be applied.</exception>
    public void Append(FaultRecord record)
    {
        using var lines = OpenLines();
        lines.Append(record);
    }

    /// <summary>The faults of a stack that have begun and not healed.</summary>
    /// <param name="stack">Id of the run that started the stack.</param>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public IReadOnlyList<FaultRecord> Unhealed(string stack)
    {
        using var lines = OpenLines();
        return
        [
            .. lines
                .Read()
                .Where(record => record.Stack == stack)
                .GroupBy(record => (record.Scenario, record.Fault))
                .Select(group => group.Last())
                .Where(last => last.Phase != FaultPhase.Healed),
        ];
    }

    // A fault is rare: the file is open only while a line of it is written.
    private JsonLines<FaultRecord> OpenLines() => new(run.Faults, "fault");
}
