using Xunit.Sdk;
using Xunit.v3;

namespace Verification.Tests.Integration;

/// <summary>The cheap and harmless first, what breaks things last: what is out of time is then what takes longest. Within a folder by name.</summary>
public sealed class HarmlessFirst : ITestCollectionOrderer
{
    /// <summary>The folders of this suite, in their order.</summary>
    private static readonly string[] Folders =
        ["Starting.StartTests", "Contract", "Persistence", "Settings", "Caching", "Securing", "Queueing", "Operating", "Failing", "Scaling", "Starting", "Upgrading", "Leftovers"];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Folders, folder => collection.TestCollectionDisplayName.Contains($".Integration.{folder}", StringComparison.Ordinal));
        return rank >= 0 ? rank : throw new InvalidOperationException($"{collection.TestCollectionDisplayName}: say in {nameof(HarmlessFirst)} where its folder stands.");
    }
}
