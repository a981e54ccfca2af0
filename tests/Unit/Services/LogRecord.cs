using System.Collections.Concurrent;

namespace Verification.Tests.Unit.Services;

/// <summary>Keeps what is logged: the message and its named values.</summary>
internal sealed class LogRecord<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(string Message, IReadOnlyList<KeyValuePair<string, object?>> Values)> lines = new();

    public IEnumerable<string> Messages => lines.Select(line => line.Message);

    /// <summary>A named value of each line that begins so.</summary>
    public IEnumerable<object?> Values(string beginning, string name) =>
        lines
            .Where(line => line.Message.StartsWith(beginning, StringComparison.Ordinal))
            .Select(line => line.Values.Single(value => value.Key == name).Value);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue((formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>> ?? []));
}
