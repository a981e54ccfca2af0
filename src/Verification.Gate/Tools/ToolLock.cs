namespace Verification.Gate.Tools;

/// <summary>What each release was when it was first seen: <c>config/tools.lock</c>, a line of SHA-256 and address each. Who commits it
/// takes no other release under the same address.</summary>
internal sealed class ToolLock
{
    private const string Head =
        "# SHA-256 of each release as it was first seen. ./verify tools takes no other under the same address; --lock adds those that are not here yet.";
    private readonly string file;
    private readonly SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);

    private ToolLock(string file) => this.file = file;

    /// <summary>Reads it; where there is none, nothing is locked yet.</summary>
    /// <param name="file">Its path.</param>
    /// <exception cref="FormatException">A line is none; the message has file and line.</exception>
    public static ToolLock Read(string file)
    {
        var read = new ToolLock(file);
        if (!File.Exists(file))
            return read;
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.Split("  ") is not [var hash, var address] || !ChecksumFile.IsHash(hash))
                throw new FormatException(
                    $"{file}({number + 1},1): expected a SHA-256, two blanks and the address of a release. Take the line away, and let ./verify tools --lock write it."
                );
            read.hashes[address] = hash;
        }

        return read;
    }

    /// <summary>What a release must be; null where it is not locked.</summary>
    /// <param name="address">Address of the release.</param>
    public string? HashOf(Uri address) => hashes.GetValueOrDefault(address.AbsoluteUri);

    /// <summary>Locks releases, and forgets those that are listed no longer.</summary>
    /// <param name="seen">SHA-256 by address.</param>
    /// <param name="listed">Every release of <c>config/versions.yaml</c>.</param>
    public void Add(IReadOnlyDictionary<Uri, string> seen, IEnumerable<Uri> listed)
    {
        foreach (var (address, hash) in seen)
            hashes[address.AbsoluteUri] = hash;
        foreach (var gone in hashes.Keys.Except(listed.Select(address => address.AbsoluteUri)).ToList())
            hashes.Remove(gone);
        File.WriteAllLines(file, [Head, .. hashes.Select(pair => $"{pair.Value}  {pair.Key}")]);
    }
}
