namespace Verification.Observability;

/// <summary>The data streams of Elasticsearch, as <c>config/logging/</c> names them.</summary>
public static class LogStream
{
    /// <summary>Every line.</summary>
    public const string Lines = "platform-logs";

    /// <summary>What Elasticsearch refused of them, as text.</summary>
    public const string Refused = "platform-refused";
}
