using Verification.Gate.Commands;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>What is wrong in a file is told before an engine is asked, a lock waited for, or anything built.</summary>
[Collection(nameof(WholeProcess))]
public sealed class FilesOfSuitesTests : IDisposable
{
    private const string Gate = "gate --only contract.post";
    private const string Mutants = "mutants";
    private const string Services = "mutants --services";
    private readonly TemporaryFolder folder = new();
    private readonly SetVariable root;

    public FilesOfSuitesTests()
    {
        folder.File("Verification.sln", string.Empty);
        foreach (var file in new[] { "gates.yaml", "sut.yaml", "safe-settings.yaml", "config/versions.yaml", "mutants/equivalent.yaml" })
            folder.File(file, File.ReadAllText(Path.Combine(Files.Root, file)));
        root = new SetVariable("VERIFY_ROOT", folder.Path);
    }

    [Theory]
    [InlineData(Gate)]
    [InlineData("test")]
    [InlineData(Mutants)]
    [InlineData(Services)]
    public async Task A_rule_that_can_not_be_is_wrong_use_with_its_place(string line)
    {
        folder.File(
            "safe-settings.yaml",
            "schema: 1\ncomponents:\n  mysql:\n    sync_binlog: {on-of: [\"1\"], because: a promise rests on it}\n"
        );

        var (code, told) = await RunAsync(line);

        Assert.Equal(2, code);
        Assert.Contains("safe-settings.yaml:4:", told, StringComparison.Ordinal);
        Assert.Contains("'on-of'", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gate)]
    [InlineData("test")]
    [InlineData(Mutants)]
    [InlineData(Services)]
    public async Task Rules_for_what_is_no_component_are_wrong_use_with_their_place(string line)
    {
        folder.File(
            "safe-settings.yaml",
            "schema: 1\ncomponents:\n  mysqll:\n    sync_binlog: {one-of: [\"1\"], because: a promise rests on it}\n"
        );

        var (code, told) = await RunAsync(line);

        Assert.Equal(2, code);
        Assert.Contains("safe-settings.yaml:3:3: 'mysqll' is no component", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gate)]
    [InlineData("test")]
    [InlineData(Mutants)]
    [InlineData(Services)]
    public async Task A_list_of_versions_that_can_not_be_read_is_wrong_use_with_its_place(string line)
    {
        folder.File("config/versions.yaml", "components:\n  mysql: [\n");

        var (code, told) = await RunAsync(line);

        Assert.Equal(2, code);
        Assert.Contains("versions.yaml(", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gate)]
    [InlineData("test")]
    [InlineData(Mutants)]
    [InlineData(Services)]
    public async Task A_description_of_the_services_that_can_not_be_is_wrong_use_with_its_place(string line)
    {
        Describe("slow.bounded", "slow.boundd");

        var (code, told) = await RunAsync(line);

        Assert.Equal(2, code);
        Assert.Contains("sut.yaml:", told, StringComparison.Ordinal);
        Assert.Contains("'slow.boundd' is no objective", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_in_which_no_mutation_can_be_woken_are_refused_before_one_is_made()
    {
        Describe("  server: {}\n", "  server: {LOG: debug}\n");

        var (code, told) = await RunAsync(Services);

        Assert.Equal(2, code);
        Assert.Contains("expected 'server: {}' as its environment", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_equivalents_that_can_not_be_is_refused_before_a_mutation_is_made()
    {
        folder.File("mutants/equivalent.yaml", "schema: 1\nmutations:\n  3fa9c1d2: ''\n");

        var (code, told) = await RunAsync(Services);

        Assert.Equal(2, code);
        Assert.Contains("equivalent.yaml:3:", told, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        root.Dispose();
        folder.Dispose();
    }

    private void Describe(string own, string other) =>
        folder.File("sut.yaml", File.ReadAllText(Path.Combine(Files.Root, "sut.yaml")).Replace(own, other, StringComparison.Ordinal));

    private static async Task<(int Code, string Told)> RunAsync(string line)
    {
        using var errors = new StringWriter();
        var code = await new CommandLine(TextWriter.Null, errors, TimeProvider.System).RunAsync(line.Split(' '));
        return (code, errors.ToString());
    }
}
