using Verification.Recovery;
using Verification.Recovery.Commands;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class BinaryLogChainTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string B = "bbbbbbbb-0000-0000-0000-000000000002";
    private static readonly Guid Server = Guid.Parse(A);
    private static readonly Guid Other = Guid.Parse(B);
    private static readonly GtidSet Base = GtidSet.Parse($"{A}:1-15");
    private static readonly BinaryLog[] Whole =
    [
        Log("one", "", (A, 1, 10)),
        Log("two", $"{A}:1-10", (A, 11, 20)),
        Log("three", $"{A}:1-20", (A, 21, 25)),
    ];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

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

    /// <summary>After a promotion a binary log holds what two servers have written.</summary>
    [Fact]
    public void What_another_server_wrote_behind_the_point_is_not_wanted()
    {
        var chain = BinaryLogChain.Join([Log("one", "", (A, 1, 20), (B, 1, 5), (A, 21, 22), (B, 6, 9))], Base);

        Assert.Equal($"{A}:1-22,{B}:1-6", chain.Wanted($"{B}:7", Base).ToString());
        Assert.Equal($"{A}:1-20,{B}:1-5", chain.Wanted($"{A}:21", Base).ToString());
        Assert.Equal($"{A}:1-15", chain.Wanted($"{A}:16", Base).ToString());
    }

    [Fact]
    public void Files_are_joined_by_their_numbers_and_from_the_base_on()
    {
        const int Count = 1500;
        const int First = 999_000;
        for (var number = 1; number <= Count; number++)
            Write(A, First + number, Server, number);
        // Of what the base holds nothing is read but what came before it.
        System.IO.File.AppendAllText(Path.Combine(folder.Path, A, $"binlog.{First + 1}"), "damage");

        var chain = BinaryLogChain.Read(Path.Combine(folder.Path, A), GtidSet.Parse($"{A}:1-1100"));

        Assert.Equal($"{A}:1-{Count}", chain.All.ToString());
        Assert.Equal(["binlog.1000101", "binlog.1000102"], chain.Logs.Take(2).Select(log => log.Name));
        Assert.Equal($"binlog.{First + Count}", chain.Logs[^1].Name);
        Assert.Equal(Count - 1100, chain.Logs.Count);
    }

    [Fact]
    public void A_file_without_a_number_and_a_server_without_files_are_told()
    {
        Write(A, 1, Server, 1);
        folder.File($"{A}/binlog.index", "");
        folder.File($"{A}/.binlog.000002", "");

        Assert.Equal(
            "binlog.index is no binary log: it has no number.",
            Assert.Throws<ChainBrokenException>(() => BinaryLogChain.Read(Path.Combine(folder.Path, A), GtidSet.Empty)).Message
        );
        Assert.StartsWith(
            "There is no binary log",
            Assert.Throws<ChainBrokenException>(() => BinaryLogChain.Read(Path.Combine(folder.Path, B), GtidSet.Empty)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_restore_of_all_is_refused_where_another_server_went_on_later()
    {
        Write(A, 1, Server, 1, at: 100);
        Write(B, 7, Other, 3, at: 200);

        var (code, _, why) = await ProvenAsync("--newest");
        Assert.Equal(20, code);
        Assert.Contains($"the server {B} has written later", why, StringComparison.Ordinal);
        Assert.Contains($"{B}:1-3 would be left out", why, StringComparison.Ordinal);

        var told = (0, $"wanted {A}:1\nleft-out {B} {B}:1-3\nfile binlog.1\n", "");
        Assert.Equal(told, await ProvenAsync("--newest", "--without", B));
        Assert.Equal((0, $"wanted {A}:1\nfile binlog.1\n", ""), await ProvenAsync());
        Write(B, 7, Other, 3, at: 99);
        Assert.Equal(told, await ProvenAsync("--newest"));
        Write(B, 7, Server, 1, at: 200);
        Assert.Equal((0, $"wanted {A}:1\nfile binlog.1\n", ""), await ProvenAsync("--newest"));
    }

    private async Task<(int Code, string Output, string Why)> ProvenAsync(params string[] options)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var errors = new StringWriter { NewLine = "\n" };
        var code = await ProofCommands.RunAsync(["chain", "--base", $"{A}:1", "--server", A, .. options, folder.Path], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private void Write(string name, int number, Guid server, long transaction, uint at = 0)
    {
        byte[] content =
        [
            .. BinaryLogBytes.Start(),
            .. transaction == 1 ? BinaryLogBytes.Previous() : BinaryLogBytes.Previous((server, 1, transaction)),
            .. BinaryLogBytes.Transaction(server, transaction, at),
        ];
        Directory.CreateDirectory(Path.Combine(folder.Path, name));
        System.IO.File.WriteAllBytes(Path.Combine(folder.Path, name, $"binlog.{number}"), content);
    }

    private static string Broken(IReadOnlyList<BinaryLog> logs, GtidSet held) =>
        Assert.Throws<ChainBrokenException>(() => BinaryLogChain.Join(logs, held)).Message;

    private static BinaryLog Log(string name, string before, params IReadOnlyList<(string Server, long First, long Last)> runs) =>
        new(
            name,
            GtidSet.Parse(before),
            [.. runs.Select(run => new GtidRun(Guid.Parse(run.Server), run.First, run.Last))],
            new HashSet<uint> { 1 },
            Newest: 1,
            Torn: null
        );
}
