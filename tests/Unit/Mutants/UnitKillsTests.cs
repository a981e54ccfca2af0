using Verification.Gate.Mutants.Services;
using Verification.Mutations;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class UnitKillsTests : IDisposable
{
    private static readonly Mutation Seen = new(1, "0a1b2c3d", "Server/Buffs.cs", 7, "negated", "a", "!a");
    private static readonly Mutation Unseen = new(2, "4e5f6a7b", "Server/Buffs.cs", 8, "negated", "b", "!b");
    private readonly OwnFolder folder = new();
    private int tries;

    public UnitKillsTests()
    {
        Write("services/Server/Buffs.cs", "one");
        Write("tests/Unit/Services/BuffsTests.cs", "one");
    }

    [Fact]
    public async Task What_was_tried_once_is_not_tried_again()
    {
        await TryAsync();
        Assert.Equal(2, tries);

        await TryAsync();
        Assert.Equal(2, tries);
    }

    [Theory]
    [InlineData("services/Server/Buffs.cs", 4)]
    [InlineData("tests/Unit/Services/BuffsTests.cs", 4)]
    [InlineData("services/Server/obj/Made.cs", 2)]
    public async Task It_is_tried_again_for_other_services_or_other_tests(string changed, int expected)
    {
        await TryAsync();
        Write(changed, "two");

        await TryAsync();

        Assert.Equal(expected, tries);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_is_passed_over()
    {
        await TryAsync();
        var file = folder.In("unit-kills");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text[..^5], TestContext.Current.CancellationToken);

        await TryAsync();

        Assert.Equal(3, tries);
    }

    public void Dispose() => folder.Dispose();

    private async Task TryAsync()
    {
        var kills = UnitKills.Read(folder.In("unit-kills"), folder.Path);
        Assert.True(await kills.SeenAsync(Seen, () => AnswerAsync(true)));
        Assert.False(await kills.SeenAsync(Unseen, () => AnswerAsync(false)));
    }

    private Task<bool> AnswerAsync(bool answer)
    {
        tries++;
        return Task.FromResult(answer);
    }

    private void Write(string path, string text)
    {
        var file = folder.In(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
