using System.Text.Json;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>The documents of a run.</summary>
internal static class RunDocuments
{
    /// <exception cref="DocumentException">It cannot be used, or an earlier version wrote it.</exception>
    public static RunRecord ReadRecord(RunFolder folder) =>
        IsOlder(folder.Record)
            ? throw new DocumentException(
                folder.Record,
                0,
                0,
                "was written by an earlier version, before runs had stages; this one does not read it. Run the gate again."
            )
            : DocumentReader.Read(folder.Record, "run").As<RunRecord>();

    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static ReleaseVerdict ReadVerdict(RunFolder folder) => DocumentReader.Read(folder.Verdict, "verdict").As<ReleaseVerdict>();

    /// <summary>Where a run's images were published; nowhere where they were not.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static IReadOnlyList<PublishedImage> ReadPublished(RunFolder folder) =>
        File.Exists(folder.Publication) ? DocumentReader.Read(folder.Publication, "publication").As<Publication>().Images : [];

    public static void Write(RunFolder folder, Publication publication) => DocumentWriter.Write(folder.Publication, publication);

    public static void Write(RunFolder folder, RunRecord record) => DocumentWriter.Write(folder.Record, record);

    public static void Write(RunFolder folder, ReleaseVerdict verdict) => DocumentWriter.Write(folder.Verdict, verdict);

    /// <summary>Whether a record names suites where it now names stages. What is no JSON is left to who reads it.</summary>
    private static bool IsOlder(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("suites", out _)
                && !document.RootElement.TryGetProperty("stages", out _);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
