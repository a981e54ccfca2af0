using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class BinaryLogChainTests
{
    private const string A = "aaaaaaaa-0000-0000-0000-000000000001";
    private static readonly GtidSet Base = GtidSet.Parse($"{A}:1-15");
    private static readonly BinaryLog[] Whole =
    [
        Log("one", "", $"{A}:1-10"),
        Log("two", $"{A}:1-10", $"{A}:11-20"),
        Log("three", $"{A}:1-20", $"{A}:21-25"),
    ];

    [Fact]
    public void A_chain_holds_what_the_base_and_its_files_hold()
    {
        var chain = BinaryLogChain.Join(Whole, Base);

        Assert.Equal($"{A}:1-25", chain.All.ToString());
        Assert.Equal($"{A}:1-25", chain.Wanted(null, Base).ToString());
        Assert.Equal($"{A}:1-17", chain.Wanted($"{A}:18", Base).ToString());
    }

    [Theory]
    [InlineData($"{A}:26", "is not in the archive")]
    [InlineData($"{A}:15", "is in the base already")]
    public void A_point_that_can_not_be_reached_is_refused(string until, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<PointUnreachableException>(() => BinaryLogChain.Join(Whole, Base).Wanted(until, Base)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Broken_links_are_named()
    {
        Assert.Equal(
            $"three begins with {A}:1-20, and the file before it ends with {A}:1-10: a file between them is missing.",
            Broken([Whole[0], Whole[2]], Base)
        );
        Assert.StartsWith("three begins behind the base", Broken([Whole[2]], Base), StringComparison.Ordinal);
        Assert.StartsWith("There is no binary log", Broken([], Base), StringComparison.Ordinal);
        Assert.StartsWith("two is cut", Broken([Whole[0], Whole[1] with { Torn = $"{A}:20" }, Whole[2]], Base), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_file_may_end_in_a_transaction_that_is_still_coming() =>
        Assert.Equal($"{A}:1-25", BinaryLogChain.Join([Whole[0], Whole[1], Whole[2] with { Torn = $"{A}:26" }], Base).All.ToString());

    private static string Broken(IReadOnlyList<BinaryLog> logs, GtidSet held) =>
        Assert.Throws<ChainBrokenException>(() => BinaryLogChain.Join(logs, held)).Message;

    private static BinaryLog Log(string name, string before, string own) =>
        new(name, GtidSet.Parse(before), GtidSet.Parse(own), new HashSet<uint> { 1 }, null);
}
