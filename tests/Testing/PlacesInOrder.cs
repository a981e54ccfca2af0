using Xunit.Sdk;
using Xunit.v3;

namespace Verification.Testing;

/// <summary>Orders the tests of a suite by where they stand: the cheap and harmless first, what breaks things last; what is out of time is then what takes longest.</summary>
/// <param name="suite">Name of the suite's folder.</param>
/// <param name="places">Folders of the suite, or classes as <c>Folder.Class</c>, in their order; within one by name.</param>
public abstract class PlacesInOrder(string suite, params string[] places) : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(places, place => collection.TestCollectionDisplayName.Contains($".{suite}.{place}", StringComparison.Ordinal));
        return rank >= 0 ? rank : throw new InvalidOperationException($"{collection.TestCollectionDisplayName}: say in {GetType().FullName} where it stands.");
    }
}
