using System.Diagnostics;

namespace SportBuff;

/// <summary>Follows a buff from its POST to its row (W3C Trace Context): one trace id, a span id for each service.</summary>
/// <param name="TraceId">32 hexadecimal digits, the same all the way.</param>
/// <param name="SpanId">16 hexadecimal digits, this service's part.</param>
/// <param name="Flags">Passed on as they came.</param>
internal sealed record TraceParent(string TraceId, string SpanId, ActivityTraceFlags Flags)
{
    /// <summary>Name of the header, in HTTP and on the queue.</summary>
    public const string Header = "traceparent";

    /// <summary>Continues a trace, or begins one where there is none that can be read.</summary>
    public static TraceParent Continue(string? header)
    {
        var span = ActivitySpanId.CreateRandom().ToHexString();
        return ActivityContext.TryParse(header, null, out var parent)
            ? new(parent.TraceId.ToHexString(), span, parent.TraceFlags)
            : new(ActivityTraceId.CreateRandom().ToHexString(), span, ActivityTraceFlags.None);
    }

    /// <summary>As the header has it.</summary>
    public override string ToString() => $"00-{TraceId}-{SpanId}-{(int)Flags:x2}";
}
