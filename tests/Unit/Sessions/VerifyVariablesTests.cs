using System.Reflection;
using System.Text.RegularExpressions;
using Verification.Stack.Sessions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Sessions;

public sealed partial class VerifyVariablesTests
{
    private static readonly string[] Sources = ["src", "services", "tests", "benchmarks"];
    private static readonly KeyValuePair<string, string?>[] Environment =
    [
        new("VERIFY_SEED", "17"),
        new("VERIFY_STACK", "/s.json"),
        new("VERIFY_NEW", "1"),
        new("VERIFY_SIGNING_KEY", "/k.pem"),
        new("VERIFY_STRICT", ""),
        new("PATH", "/bin"),
        new("ARTEMIS_DISTRIBUTION", "/a.tar.gz"),
    ];

    /// <summary>Every name that stands in <see cref="VerifyVariables"/>.</summary>
    private static IReadOnlyList<string> Known { get; } =
    [
        .. typeof(VerifyVariables)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.Name != nameof(VerifyVariables.Prefix))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void A_variable_is_either_obeyed_or_said_by_whoever_starts_a_suite_or_for_whoever_judges_alone() =>
        Assert.Equal(
            Known.Order(StringComparer.Ordinal),
            VerifyVariables.Obeyed.Concat(Said()).Append(VerifyVariables.SigningKey).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_is_obeyed_is_told_with_its_value_and_what_is_not_by_its_name()
    {
        Assert.Equal(
            new Dictionary<string, string> { ["ARTEMIS_DISTRIBUTION"] = "/a.tar.gz", ["VERIFY_SEED"] = "17" },
            VerifyVariables.ObeyedOf(Environment)
        );
        Assert.Equal(["VERIFY_NEW", "VERIFY_SIGNING_KEY", "VERIFY_STACK"], VerifyVariables.IgnoredOf(Environment));
    }

    [Fact]
    public void No_other_source_names_a_variable() =>
        Assert.Empty(
            Sources
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Files.Root, folder), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
                .Where(file =>
                    !file.EndsWith("/VerifyVariables.cs", StringComparison.Ordinal)
                    && !file.Contains("/tests/Unit/", StringComparison.Ordinal)
                )
                .Where(file => Literal().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(Files.Root, file))
        );

    [Theory]
    [InlineData("""Environment.GetEnvironmentVariable("VERIFY_SEED")""", true)]
    [InlineData("""$"{x} (VERIFY_REGISTRY=none)";""", true)]
    [InlineData("""/// <c>VERIFY_SEED</c> repeats one.""", false)]
    [InlineData("""VerifyVariables.Value(VerifyVariables.Seed)""", false)]
    public void A_name_in_a_text_is_found_and_one_in_a_comment_is_not(string line, bool found) =>
        Assert.Equal(found, Literal().IsMatch(line));

    /// <summary>Those that a request can say, and those that it is read from.</summary>
    private static HashSet<string> Said()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        _ = SessionRequest.FromEnvironment(name =>
        {
            asked.Add(name);
            return null;
        });
        return asked;
    }

    [GeneratedRegex(
        @"^(?!\s*//).*""[^""\n]*VERIFY_[A-Z]",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Literal();
}
