using Verification.Gate.Attesting;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Publishing;

/// <summary>A judged run as an artifact of a registry: what its verdict rests on, and the statement that other tools read, signed if the
/// run is.</summary>
internal static class RunArtifact
{
    /// <summary>The kind of artifact.</summary>
    public const string Type = "application/vnd.sportbuff.verification.run.v1";

    private const string StatementFile = "statement.json";

    /// <summary>The files of a run that is published.</summary>
    public static IReadOnlyList<(string Name, string MediaType, byte[] Content)> Pack(JudgedRun run) =>
        [
            File.Exists(run.Folder.Attestation)
                ? (Path.GetFileName(run.Folder.Attestation), Envelope.MediaType, File.ReadAllBytes(run.Folder.Attestation))
                : (StatementFile, TestResultStatement.MediaType, TestResultStatement.Of(run)),
            .. Files(run.Folder).Select(file => (Path.GetFileName(file), MediaTypeOf(file), File.ReadAllBytes(file))),
        ];

    /// <summary>Lays a run into a folder as it was stored.</summary>
    /// <param name="files">Content of each file, by name.</param>
    /// <param name="into">Where the run's folder is made.</param>
    /// <returns>The folder; null where something that a verdict rests on is not among the files.</returns>
    public static RunFolder? Unpack(IReadOnlyDictionary<string, byte[]> files, string into)
    {
        var folder = new RunFolder(into);
        if (Files(folder).Any(file => !files.ContainsKey(Path.GetFileName(file))))
            return null;
        Directory.CreateDirectory(into);
        foreach (var file in Files(folder).Append(folder.Attestation))
        {
            if (files.TryGetValue(Path.GetFileName(file), out var content))
                File.WriteAllBytes(file, content);
        }

        return folder;
    }

    private static string[] Files(RunFolder folder) => [folder.Record, folder.Verdict, folder.Evidence, folder.Publication];

    private static string MediaTypeOf(string file) => Path.GetExtension(file) == ".jsonl" ? "application/jsonl" : "application/json";
}
