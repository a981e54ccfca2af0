using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class ProcedureReportTests
{
    [Fact]
    public void Phases_and_facts_are_read_and_what_others_write_between_them_is_not()
    {
        var report = ProcedureReport.Parse(
            """
            {"procedure":"restore","phase":"fetch","began":1795717809912,"ended":1795717811735}
            mysqld: something of no matter
            {"message_type":"summary"}
            {"procedure":"restore","fact":"gtid","value":"a:1-9"}
            {"procedure":"restore","phase":"replay","began":1795717811735,"ended":1795717811935}
            """
        );

        Assert.Equal([("fetch", 1.823), ("replay", 0.2)], report.Phases.Select(phase => (phase.Name, phase.Seconds)));
        Assert.Equal("a:1-9", report.Facts["gtid"]);
        Assert.Null(report.Refusal);
    }

    [Fact]
    public void A_refusal_is_told_in_its_own_words() =>
        Assert.Equal(
            "/data is not empty.",
            ProcedureReport.Parse("""{"procedure":"restore","refused":21,"why":"/data is not empty."}""").Refusal
        );
}
