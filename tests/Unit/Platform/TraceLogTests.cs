using System.Diagnostics;
using Verification.Objectives;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class TraceLogTests
{
    private static readonly string Id = TraceContext.IdOf("who");

    [Fact]
    public void A_buff_has_one_trace_whoever_asks()
    {
        Assert.True(ActivityContext.TryParse(TraceContext.ParentOf("who"), null, out var parent));
        Assert.Equal(Id, parent.TraceId.ToHexString());
        Assert.NotEqual(Id, TraceContext.IdOf("whom"));
    }

    [Fact]
    public void Lines_of_any_form_that_name_a_trace_are_counted_once_and_warnings_apart()
    {
        var log = $$"""
            {"LogLevel":"Information","Message":"A buff was published, trace {{Id}}","State": { "trace_id":"{{Id}}" } }
            {"LogLevel":"Warning","Message":"A buff was not published, trace {{Id}}"}
            {"level":"error","trace":"{{Id}}"}
            2026-11-26 WARN could not store {{Id}}
            2026-11-26 INFO the warning lamp is off, 00-{{Id}}-00f067aa0ba902b7-01
            {"LogLevel":"Information","Message":"another trace {{TraceContext.IdOf("else")}}"}
            an id inside a longer one {{Id}}00
            """;

        var found = TraceLog.Read(log, new Dictionary<string, string> { [Id] = "who", [TraceContext.IdOf("nobody")] = "nobody" });

        Assert.Equal(new Dictionary<string, TracedLines> { ["who"] = new(5, 3) }, found);
    }
}
