using Verification.Mutations;
using Verification.Stack.Images;

namespace Verification.Gate.Mutants.Services;

/// <summary>Which mutations the services' own unit tests see, kept from one drawing to the next: one line each, the hash of what it rests
/// on, the key of the mutation, and <c>seen</c> or <c>unseen</c>.</summary>
internal sealed class UnitKills
{
    private const string Seen = "seen";
    private const string Unseen = "unseen";
    private readonly string file;
    private readonly string content;
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);
    private readonly Lock writing = new();

    private UnitKills(string file, string content) => (this.file, this.content) = (file, content);

    /// <summary>What is known for these services and these tests. A line that was cut off, or is of others, is passed over.</summary>
    /// <param name="file">Where it is kept.</param>
    /// <param name="root">Folder of the project, with <c>services</c> and their unit tests.</param>
    public static UnitKills Read(string file, string root)
    {
        var kills = new UnitKills(file, ContentOf(root));
        if (!File.Exists(file))
            return kills;
        foreach (var parts in File.ReadLines(file).Select(line => line.Split(' ')))
        {
            if (parts is [var of, var key, Seen or Unseen] && of == kills.content)
                kills.known[key] = parts[2] == Seen;
        }

        return kills;
    }

    /// <summary>Whether they see a mutation: what is known, or what a try finds, which is kept.</summary>
    /// <param name="mutation">The mutation.</param>
    /// <param name="attempt">Has them look.</param>
    public async Task<bool> SeenAsync(Mutation mutation, Func<Task<bool>> attempt)
    {
        if (known.TryGetValue(mutation.Key, out var seen))
            return seen;
        seen = await attempt().ConfigureAwait(false);
        lock (writing)
            File.AppendAllText(file, $"{content} {mutation.Key} {(seen ? Seen : Unseen)}\n");
        return seen;
    }

    private static string ContentOf(string root)
    {
        using var hash = new ContentHash();
        return hash.AddProject(root, Path.Combine(root, "services"))
            .AddFolder(root, Path.Combine(root, "tests", "Unit", "Services"))
            .Digits();
    }
}
