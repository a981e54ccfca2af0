namespace Verification.Objectives;

/// <summary><c>evidence.jsonl</c> of a run.</summary>
/// <param name="file">Its path.</param>
public sealed class EvidenceLog(string file)
{
    private readonly JsonLines<EvidenceLine> lines = new(file, "evidence");

    /// <summary>Appends a measurement.</summary>
    public void Append(EvidenceLine line) => lines.Append(line);

    /// <summary>All measurements; none where there is no file.</summary>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public IReadOnlyList<EvidenceLine> Read() => lines.Read();
}
