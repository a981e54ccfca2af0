namespace Verification.Benchmarks.Engine;

/// <summary>What is measured of the engine, beside what is aimed at.</summary>
/// <param name="closed">The closed loop.</param>
/// <param name="sending">How exactly the open loop sends.</param>
internal sealed class EngineFigures(ClosedLoop closed, SendErrors sending)
{
    /// <summary>The engine with the client of load steps.</summary>
    public const string Sockets = "engine";

    /// <summary>The engine with the runtime's client.</summary>
    public const string Handler = "engine over SocketsHttpHandler";

    /// <summary>wrk.</summary>
    public const string Wrk = "wrk";

    /// <summary>autocannon.</summary>
    public const string Autocannon = "autocannon";

    /// <summary>Each aim, whether it is reached, and by how much.</summary>
    public IEnumerable<string> Aims() =>
        [
            AtLeast($"{Sockets} beside wrk", closed.Ratio(Sockets, Wrk), 0.9),
            AtMost($"{Sockets}, us of client CPU a request", closed.Microseconds(Sockets), 30),
            AtLeast($"{Handler} beside wrk", closed.Ratio(Handler, Wrk), 0.75),
            AtLeast($"{Handler} beside autocannon", closed.Ratio(Handler, Autocannon), 1.8),
            AtMost($"{Handler}, us of client CPU a request", closed.Microseconds(Handler), 40),
            AtMost("send error p50, ms", sending.P50, 0.05),
            AtMost("send error p99, ms", sending.P99, 2),
        ];

    /// <summary>The figure.</summary>
    public override string ToString() =>
        $"engine: {Times(closed.Ratio(Sockets, Wrk), Wrk)}, {Times(closed.Ratio(Sockets, Autocannon), Autocannon)}, {closed.Microseconds(Sockets):0.0} us a request, send error p50 {sending.P50:0.000} ms, send error p99 {sending.P99:0.000} ms";

    private static string Times(double? ratio, string name) => ratio is { } known ? $"{known:0.00} x {name}" : $"{name} not measured";

    private static string AtLeast(string what, double? value, double aim) =>
        value is { } known
            ? $"{(known >= aim ? "reached" : "MISSED")}: {what}: {known:0.00} (aim: at least {aim:0.##})"
            : $"not measured: {what}";

    private static string AtMost(string what, double value, double aim) =>
        $"{(value <= aim ? "reached" : "MISSED")}: {what}: {value:0.###} (aim: at most {aim:0.##})";
}
