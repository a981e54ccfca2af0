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

    [Theory]
    [InlineData("VERIFY_DEBIAN_MIRROR", "https://ana:t0ken@mirror.example/debian", "https://•••@mirror.example/debian")]
    [InlineData("VERIFY_DEBIAN_MIRROR", "https://t0ken@mirror.example:8443", "https://•••@mirror.example:8443")]
    [InlineData("VERIFY_REGISTRY", "https://ana:p@ss/word@mirror.example", "https://•••@mirror.example")]
    [InlineData("AWS_SIMULATOR", "moto --to http://a:b@h --and http://c:d@h", "moto --to http://•••@h --and http://•••@h")]
    [InlineData("VERIFY_DEBIAN_MIRROR", "https://mirror.example/debian", "https://mirror.example/debian")]
    [InlineData("VERIFY_TOOLS", "/opt/tools@2", "/opt/tools@2")]
    public void Whom_an_address_logs_in_as_is_neither_told_nor_stored(string name, string value, string told) =>
        Assert.Equal(told, VerifyVariables.ObeyedOf([new(name, value)])[name]);

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
