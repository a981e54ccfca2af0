using Verification.Gate.Progress;

namespace Verification.Gate.Benches;

/// <summary>The measurements that <c>verify bench</c> knows, by name. The last line that one prints is its figure.</summary>
internal sealed class BenchRegistry
{
    private readonly SortedDictionary<string, Bench> benches = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => benches.Keys;

    public BenchRegistry Add(string name, string measures, Func<ProgressLines, CancellationToken, Task<int>> run)
    {
        benches.Add(name, new Bench(measures, run));
        return this;
    }

    public Bench? Find(string name) => benches.GetValueOrDefault(name);

    public IEnumerable<(string Name, string Measures)> Described => benches.Select(pair => (pair.Key, pair.Value.Measures));
}

/// <summary>A measurement.</summary>
internal sealed record Bench(string Measures, Func<ProgressLines, CancellationToken, Task<int>> Run);
