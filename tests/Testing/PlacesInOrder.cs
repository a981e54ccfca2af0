using Xunit.Sdk;
using Xunit.v3;

namespace Verification.Testing;

/// <summary>Orders the tests of a suite by where they stand: the cheap and harmless first, what breaks things last; what is out of time is
/// then what takes longest.</summary>
/// <param name="suite">Name of the suite's folder.</param>
/// <param name="places">Folders of the suite, or classes as <c>Folder.Class</c>, in their order; within one by name.</param>
public abstract class PlacesInOrder(string suite, params string[] places) : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderBy(collection => RankOf(collection.TestCollectionDisplayName))
                .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal),
        ];

    /// <summary>The place of a collection; a class that is named stands there, and not where its folder does.</summary>
    /// <param name="collection">Its name.</param>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public int RankOf(string collection) =>
        places.Where(place => collection.Contains($".{suite}.{place}", StringComparison.Ordinal)).MaxBy(place => place.Length)
            is { } nearest
            ? Array.IndexOf(places, nearest)
            : throw new InvalidOperationException($"{collection}: say in {GetType().FullName} where it stands.");
}
