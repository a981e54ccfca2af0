using SportBuff;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class TraceParentTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Span = "00f067aa0ba902b7";

    [Theory]
    [InlineData("01")]
    [InlineData("00")]
    public void A_trace_goes_on_under_its_id_with_a_span_of_its_own(string flags)
    {
        var trace = TraceParent.Continue($"00-{Trace}-{Span}-{flags}");

        Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-{flags}$", trace.ToString());
        Assert.NotEqual(Span, trace.SpanId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("trace")]
    [InlineData($"00-{Trace}-{Span}")]
    [InlineData($"00-00000000000000000000000000000000-{Span}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-{Trace}-{Span}-01,00-{Trace}-{Span}-01")]
    [InlineData($"ff-{Trace}-{Span}-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e473\n-00f067aa0ba902b7-01")]
    public void What_is_no_trace_begins_a_new_one(string? header)
    {
        var trace = TraceParent.Continue(header);

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", trace.ToString());
        Assert.NotEqual(Trace, trace.TraceId);
    }
}
