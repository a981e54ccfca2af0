using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Verification.Stack.Engine;

/// <summary>What tells where the Docker engine listens: the variables and files that docker itself obeys, in its order: <c>DOCKER_HOST</c>,
/// <c>DOCKER_CONTEXT</c>,
/// the current context of <c>config.json</c>, and then the usual sockets.</summary>
/// <param name="variable">A variable of the environment; null where it is not set.</param>
/// <param name="home">The user's home folder.</param>
internal sealed class EngineSurroundings(Func<string, string?> variable, string home)
{
    private const string Host = "DOCKER_HOST";
    private const string Context = "DOCKER_CONTEXT";
    private const string DefaultContext = "default";

    /// <summary>Those of this process.</summary>
    public static EngineSurroundings Here { get; } =
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    private string DockerFolder => Variable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker");

    private string ConfigFile => Path.Combine(DockerFolder, "config.json");

    /// <summary>The one address that is named, or else the usual sockets, in turn.</summary>
    /// <exception cref="EngineMissingException">What is named can't be taken; the message says why, and what can.</exception>
    public IReadOnlyList<EngineAddress> Candidates()
    {
        if (Variable(Host) is { } host)
            return [Plain(EngineAddress.Parse(host, Host))];
        if (Variable(Context) is { } named)
            return OfContext(named, Context);
        return CurrentContext() is { } current ? OfContext(current, ConfigFile) : Usual();
    }

    private IReadOnlyList<EngineAddress> OfContext(string name, string namedBy)
    {
        if (name == DefaultContext)
            return Usual();
        var by = $"docker context {name}, by {namedBy}";
        // Docker files a context under the hash of its name.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var meta = Path.Combine(DockerFolder, "contexts", "meta", id, "meta.json");
        if (Directory.Exists(Path.Combine(DockerFolder, "contexts", "tls", id)))
            throw Refuse($"{by}: it has certificates of its own, which are not taken", namedBy);
        if (!File.Exists(meta))
            throw Refuse($"{by}: there is no such context ({meta} is missing; docker context ls tells those that are there)", namedBy);
        return Text(Json(meta, by, namedBy), "Endpoints", "docker", "Host") is { } host
            ? [EngineAddress.Parse(host, by)]
            : throw Refuse($"{by}: {meta} names no host of an engine", namedBy);
    }

    private string? CurrentContext() =>
        File.Exists(ConfigFile) ? Text(Json(ConfigFile, "docker's configuration", ConfigFile), "currentContext") : null;

    /// <summary>An engine that asks for certificates is not asked without.</summary>
    private EngineAddress Plain(EngineAddress address) =>
        address.Address.Scheme == "tcp" && Variable("DOCKER_TLS_VERIFY") is not null
            ? throw Refuse($"{address}: DOCKER_TLS_VERIFY asks for certificates of a client, which are not taken", "DOCKER_TLS_VERIFY")
            : address;

    private IReadOnlyList<EngineAddress> Usual()
    {
        string?[] sockets =
        [
            "/var/run/docker.sock",
            Variable("XDG_RUNTIME_DIR") is { } runtime ? $"{runtime}/docker.sock" : null,
            $"{home}/.docker/run/docker.sock",
        ];
        return [.. sockets.OfType<string>().Select(path => new EngineAddress(new Uri($"unix://{path}"), null))];
    }

    private static JsonElement Json(string file, string what, string namedBy)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Refuse($"{what}: {file} cannot be read: {e.Message}", namedBy);
        }
    }

    private static string? Text(JsonElement at, params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at.ValueKind == JsonValueKind.String && at.GetString() is { Length: > 0 } text ? text : null;
    }

    private static EngineMissingException Refuse(string problem, string namedBy) =>
        new([problem], $"Change {namedBy}, or set {Host}: {EngineAddress.Schemes}.");

    private string? Variable(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
