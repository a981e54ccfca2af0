using Xunit.Sdk;
using Xunit.v3;

namespace Verification.Tests.Observability;

/// <summary>What only looks comes first; of the faults, the one that every profile asks for.</summary>
public sealed class HarmlessFirst : ITestCollectionOrderer
{
    private static readonly string[] Order = ["Scraping", "Runbooks", "Alerting.RuleTests", "Alerting.QuietTests", "Alerting.MySqlKilledTests", "Alerting.FaultTests"];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Order, place => collection.TestCollectionDisplayName.Contains($".Observability.{place}", StringComparison.Ordinal));
        return rank >= 0 ? rank : throw new InvalidOperationException($"{collection.TestCollectionDisplayName}: say in {nameof(HarmlessFirst)} where it stands.");
    }
}
