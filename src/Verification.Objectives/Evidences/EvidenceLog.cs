using System.Globalization;

namespace Verification.Objectives;

/// <summary><c>evidence.jsonl</c> of a run.</summary>
/// <param name="file">Its path.</param>
public sealed class EvidenceLog(string file) : IDisposable
{
    private readonly JsonLines<EvidenceLine> lines = new(file, "evidence");

    /// <summary>Appends a measurement. A value that is no figure (0 of 0) is recorded as not measured, with what it was as the
    /// diagnosis.</summary>
    /// <returns>The line as it was recorded.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public EvidenceLine Append(EvidenceLine line)
    {
        var recorded = line with { Value = Figure(line.Value), Resolution = Figure(line.Resolution) };
        if (line.Value is { } value && recorded.Value is null)
        {
            recorded = recorded with
            {
                Outcome = EvidenceOutcome.NotMeasured,
                Diagnosis =
                    $"the measured value is {value.ToString(CultureInfo.InvariantCulture)}, which is no figure{(line.Diagnosis is null ? "" : $"; {line.Diagnosis}")}",
            };
        }

        lines.Append(recorded);
        return recorded;
    }

    /// <summary>All measurements; none where there is no file.</summary>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public IReadOnlyList<EvidenceLine> Read() => lines.Read();

    /// <summary>Closes the file.</summary>
    public void Dispose() => lines.Dispose();

    private static double? Figure(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
