using Verification.Gate.Benchmarks;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class BenchmarkListTests
{
    public static TheoryData<string> Names => [.. BenchmarkNames.All.Select(BenchmarkNames.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_readme_says_of_each_benchmark_what_the_list_says(string name) =>
        Assert.Contains(
            $"| `./verify bench {name}` | {BenchmarkNames.Find(name)!.Value.Measures()} |",
            File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, "README.md")),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_readme_names_no_other_benchmark() =>
        Assert.Equal(
            BenchmarkNames.All.Select(BenchmarkNames.Name).Order(StringComparer.Ordinal),
            File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, "README.md"))
                .Split("./verify bench ")
                .Skip(1)
                .Select(rest => rest.Split('`', ' ', '\n')[0])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
}
