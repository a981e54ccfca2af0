using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>The documents of a run.</summary>
internal static class RunDocuments
{
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static RunRecord ReadRecord(RunFolder folder) => DocumentReader.Read(folder.Record, "run").As<RunRecord>();

    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static ReleaseVerdict ReadVerdict(RunFolder folder) => DocumentReader.Read(folder.Verdict, "verdict").As<ReleaseVerdict>();

    public static void Write(RunFolder folder, RunRecord record) => DocumentWriter.Write(folder.Record, record);

    public static void Write(RunFolder folder, ReleaseVerdict verdict) => DocumentWriter.Write(folder.Verdict, verdict);
}
