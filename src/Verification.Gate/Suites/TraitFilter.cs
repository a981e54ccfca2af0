namespace Verification.Gate.Suites;

/// <summary>Which tests of an assembly to run: those that carry one of the objectives as a trait.</summary>
internal static class TraitFilter
{
    /// <summary>Name of the trait that ties a test to its objective.</summary>
    public const string Trait = "objective";

    /// <summary>The options of an xunit.v3 executable. Several are one filter: a test that has any of them runs.</summary>
    public static IReadOnlyList<string> Options(IEnumerable<string> objectives) =>
        [
            .. objectives
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .SelectMany(objective => new[] { "-trait", $"{Trait}={objective}" }),
        ];
}
