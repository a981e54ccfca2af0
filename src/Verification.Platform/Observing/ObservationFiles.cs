using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Verification.Objectives;

namespace Verification.Platform;

/// <summary>What was seen, in files of the run that are named by their content: what is seen again is there already.</summary>
/// <param name="run">Folder of the run.</param>
public sealed class ObservationFiles(RunFolder run)
{
    private const int Kept = 120;

    /// <summary>Keeps a list: number and begin of the question of each buff.</summary>
    /// <returns>The file, relative to the run's folder.</returns>
    public string Keep(IReadOnlyList<ListedBuff> buffs) =>
        Keep(buffs.Select(buff => new KeyValuePair<string, long>(Cut.To(buff.Question, Kept), buff.Id)));

    /// <summary>Keeps how often each question was found.</summary>
    /// <returns>The file, relative to the run's folder.</returns>
    public string Keep(IReadOnlyDictionary<string, long> found) =>
        Keep(found.Select(each => new KeyValuePair<string, long>(Cut.To(each.Key, Kept), each.Value)));

    /// <summary>Reads which questions a file holds, as far as they are kept.</summary>
    /// <param name="file">The file, relative to the run's folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlySet<string> Questions(string file) =>
        File.ReadLines(Path.Combine(run.Path, file))
            .Select(line => JsonSerializer.Deserialize<string>(line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])!)
            .ToHashSet(StringComparer.Ordinal);

    private string Keep(IEnumerable<KeyValuePair<string, long>> lines)
    {
        var text = new StringBuilder();
        foreach (var (question, number) in lines)
            text.Append(number).Append('\t').Append(JsonSerializer.Serialize(question)).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}.tsv";
        var file = Path.Combine(run.Observations, name);
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(run.Observations);
            var beside = $"{file}.{Guid.NewGuid():N}";
            File.WriteAllBytes(beside, bytes);
            File.Move(beside, file, overwrite: true);
        }

        return $"{Path.GetFileName(run.Observations)}/{name}";
    }
}
