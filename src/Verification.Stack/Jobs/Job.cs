namespace Verification.Stack.Jobs;

/// <summary>A container that stands by itself and does what it is told by exec.</summary>
/// <param name="Name">Its name, as no other job of the run has it; its log is kept under it.</param>
/// <param name="Image">Its image.</param>
public sealed record Job(string Name, string Image)
{
    /// <summary>The network of the engine that it is in; null for none: nothing is reached from inside.</summary>
    public string? Network { get; init; }

    /// <summary>Variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Content of files that it can execute, by their path inside.</summary>
    public IReadOnlyDictionary<string, byte[]> Programs { get; init; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);

    /// <summary>Content of files that only it reads, by their path inside.</summary>
    public IReadOnlyDictionary<string, byte[]> Secrets { get; init; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);

    /// <summary>Names of volumes, by the path inside at which each is mounted.</summary>
    public IReadOnlyDictionary<string, string> Volumes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
