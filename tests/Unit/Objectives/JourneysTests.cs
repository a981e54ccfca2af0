using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class JourneysTests
{
    private static readonly TracedLines Once = new(1, 0);

    [Theory]
    // Published, and never taken: between the two, and whoever met with a fault comes first.
    [InlineData(1, 0, "", "server broker")]
    [InlineData(1, 0, "broker", "broker server")]
    [InlineData(1, 0, "broker server", "server broker")]
    // Acknowledged, and published as far as its log knows it was not.
    [InlineData(0, 0, "broker", "dashboard")]
    [InlineData(-1, 0, "broker", "dashboard")]
    // Taken, and no row.
    [InlineData(1, 1, "", "server mysql")]
    [InlineData(1, -1, "mysql", "server mysql")]
    public void What_is_lost_was_lost_behind_the_last_who_knows_of_it(int published, int taken, string struck, string suspects)
    {
        var result = Journeys.Of(Lost("gone"), [Notes("dashboard", "gone", published), Notes("server", "gone", taken)], Struck(struck));

        Assert.Equal(suspects, string.Join(' ', result.Suspects));
        Assert.StartsWith("'gone': dashboard logged", result.Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_service_that_writes_no_traces_nothing_is_told()
    {
        var result = Journeys.Of(
            Lost("gone"),
            [new TraceNotes("dashboard", "dashboard", Lines()), new TraceNotes("server", "server", Lines())],
            Struck("")
        );

        Assert.Empty(result.Suspects);
        Assert.Equal("'gone': dashboard logs no trace, server logs no trace", result.Diagnosis);
    }

    [Theory]
    [InlineData(2, 2, "broker", "dashboard server")]
    [InlineData(1, 2, "", "dashboard server")]
    [InlineData(1, 2, "server", "server dashboard")]
    [InlineData(1, 1, "", "server dashboard")]
    public void What_is_doubled_was_doubled_by_whom_has_it_twice(int published, int taken, string struck, string suspects)
    {
        var account = Lost() with { Duplicated = ["twice"] };

        var result = Journeys.Of(account, [Notes("dashboard", "twice", published), Notes("server", "twice", taken)], Struck(struck));

        Assert.Equal(suspects, string.Join(' ', result.Suspects));
    }

    [Fact]
    public void What_two_Servers_have_taken_was_given_to_both()
    {
        var account = Lost() with { Duplicated = ["twice"] };

        var result = Journeys.Of(
            account,
            [Notes("dashboard", "twice", 1), Notes("server", "twice", 1), Notes("server-2", "twice", 1, "server")],
            Struck("")
        );

        Assert.Equal(["broker", "server"], result.Suspects);
        Assert.Equal(
            "'twice': dashboard logged it once, server logged it once, server-2 logged it once; it was given to both",
            result.Diagnosis
        );
    }

    [Fact]
    public void Who_is_at_fault_for_most_is_named_and_only_of_those_is_told()
    {
        var notes = new TraceNotes("dashboard", "dashboard", Lines(("sound", Once), ("a", Once)));
        var server = new TraceNotes("server", "server", Lines(("sound", Once), ("a", Once)));

        var result = Journeys.Of(Lost("a", "b", "c"), [notes, server], Struck(""));

        Assert.Equal(["dashboard"], result.Suspects);
        Assert.DoesNotContain("'a'", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ok/200", "acknowledged by dashboard-1")]
    [InlineData("info/503 ok/200", "dashboard-1 answered 503, acknowledged by dashboard-1")]
    [InlineData("ok/200 ok/200", "acknowledged by dashboard-1 2 times")]
    [InlineData("info/refused", "no answer of dashboard-1")]
    public void Who_has_acknowledged_what_is_lost_is_told(string answers, string told)
    {
        var posts = answers.Split(' ').Select((answer, index) => Post("gone", answer, index)).Append(Post("sound", "ok/200", 9)).ToList();

        var result = Journeys.Of(Lost("gone"), [Notes("dashboard", "gone", 1)], Struck(""), posts);

        Assert.StartsWith($"'gone': {told}; dashboard logged it once", result.Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_went_astray_nothing_is_told() => Assert.Null(Journeys.Of(Lost(), [], Struck("")).Diagnosis);

    /// <summary>Lines of a buff and of a sound one; a negative number of them are warnings.</summary>
    private static TraceNotes Notes(string instance, string marker, int lines, string? component = null) =>
        new(
            instance,
            component ?? instance,
            lines == 0 ? Lines(("sound", Once)) : Lines(("sound", Once), (marker, new TracedLines(Math.Abs(lines), lines < 0 ? -lines : 0)))
        );

    private static HistoryLine Post(string marker, string answer, long at) =>
        HistoryLine
            .Invocation("client", "post", "dashboard-1", marker, at)
            .Ended(Enum.Parse<Outcome>(answer.Split('/')[0], ignoreCase: true), answer.Split('/')[1], at + 1);

    private static Dictionary<string, TracedLines> Lines(params (string Marker, TracedLines Lines)[] lines) =>
        lines.ToDictionary(each => each.Marker, each => each.Lines, StringComparer.Ordinal);

    private static HashSet<string> Struck(string components) => [.. components.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static LedgerResult Lost(params string[] lost) => new(10, lost, [], [], [], []);
}
