using Xunit.Sdk;
using Xunit.v3;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What takes away all that stands comes last: where it does not come back, nobody else has lost it.</summary>
public sealed class LosingLast : ITestClassOrderer
{
    private static readonly string?[] Last = [typeof(NamespaceLostTests).FullName, typeof(WholeTests).FullName];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(IReadOnlyCollection<TTestClass?> testClasses)
        where TTestClass : notnull, ITestClass =>
        [.. testClasses.OrderBy(each => Last.Contains(each?.TestClassName)).ThenBy(each => each?.TestClassName, StringComparer.Ordinal)];
}
