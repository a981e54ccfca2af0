using System.Globalization;
using System.Text;

namespace Verification.Objectives;

/// <summary>Metrics in Prometheus' text format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/): all of them
/// gauges.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder text = new();

    /// <summary>Begins a metric; its samples follow.</summary>
    /// <param name="name">Its name, with its unit at its end.</param>
    /// <param name="help">What it tells, in a line.</param>
    public MetricsText Gauge(string name, string help)
    {
        text.Append("# HELP ")
            .Append(name)
            .Append(' ')
            .Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
            .Append("\n# TYPE ")
            .Append(name)
            .Append(" gauge\n");
        return this;
    }

    /// <summary>A sample of the metric that was begun last.</summary>
    /// <param name="name">Name of that metric.</param>
    /// <param name="value">The value.</param>
    /// <param name="labels">Its labels.</param>
    public MetricsText Sample(string name, double value, params IReadOnlyList<(string Name, string Value)> labels)
    {
        text.Append(name);
        if (labels.Count > 0)
            text.Append('{').AppendJoin(',', labels.Select(label => $"{label.Name}=\"{Escaped(label.Value)}\"")).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    /// <inheritdoc />
    public override string ToString() => text.ToString();

    private static string Escaped(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
}
