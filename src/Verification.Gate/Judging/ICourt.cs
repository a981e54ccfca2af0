using Verification.Objectives;

namespace Verification.Gate.Judging;

/// <summary>Reads the documents of the project and judges what a run has recorded.</summary>
internal interface ICourt
{
    /// <summary>Reads <c>gates.yaml</c>.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    Gates ReadGates(string path);

    /// <summary>Reads the evidence of a run; none where it recorded none.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    IReadOnlyList<EvidenceLine> ReadEvidence(RunFolder folder);

    /// <summary>Reads the history of a run; empty where it recorded none.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    IReadOnlyList<HistoryLine> ReadHistory(RunFolder folder);

    /// <summary>The verdict over what was recorded. Pure: the same input gives the same verdict.</summary>
    ReleaseVerdict Judge(RunRecord record, Gates gates, IReadOnlyList<EvidenceLine> evidence, DateTimeOffset now);
}
