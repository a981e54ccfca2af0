namespace Verification.Gate.Suites;

/// <summary>Which tests of an assembly to run: those that carry one of the objectives as a trait.</summary>
internal static class TraitFilter
{
    /// <summary>Name of the trait that ties a test to its objective.</summary>
    public const string Trait = "objective";

    /// <summary>The options of an xunit.v3 executable. Several are one filter: a test that has any of them runs.</summary>
    public static IReadOnlyList<string> Options(IEnumerable<string> objectives) => Options("-trait", objectives);

    /// <summary>The same for all but those that have any of them.</summary>
    public static IReadOnlyList<string> OptionsWithout(IEnumerable<string> objectives) => Options("-trait-", objectives);

    private static IReadOnlyList<string> Options(string option, IEnumerable<string> objectives) =>
        [
            .. objectives
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .SelectMany(objective => new[] { option, $"{Trait}={objective}" }),
        ];
}
