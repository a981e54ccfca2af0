using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Docker.DotNet.Models;

namespace Verification.Stack.Images.Registries;

/// <summary>What <c>docker login</c> leaves in <c>config.json</c>, as the docker command reads it.</summary>
internal sealed record DockerConfig
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNameCaseInsensitive = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Credentials by registry.</summary>
    public Dictionary<string, Entry?>? Auths { get; init; }

    /// <summary>Suffix of the program that keeps all credentials.</summary>
    public string? CredsStore { get; init; }

    /// <summary>Suffix of the program that keeps the credentials of one registry, by registry.</summary>
    public Dictionary<string, string>? CredHelpers { get; init; }

    /// <exception cref="FormatException">It is no such file.</exception>
    public static DockerConfig Parse(string json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<DockerConfig>(json, Format) ?? new DockerConfig();
        }
        catch (JsonException e)
        {
            // The parser's own message may show what stands there.
            throw new FormatException($"{where} cannot be read: line {e.LineNumber + 1} is no JSON that docker would write", e);
        }
    }

    /// <summary>The program that is asked for a registry's credentials; null where none is.</summary>
    public string? HelperOf(RegistryKey registry) =>
        registry.Keys.Select(key => CredHelpers?.GetValueOrDefault(key)).FirstOrDefault(helper => helper is not null)
        ?? (CredsStore is { Length: > 0 } ? CredsStore : null);

    /// <summary>The credentials that the file itself holds; null where it has none.</summary>
    /// <exception cref="FormatException">They can't be read.</exception>
    public AuthConfig? CredentialsOf(RegistryKey registry)
    {
        var entry =
            registry.Keys.Select(key => Auths?.GetValueOrDefault(key)).FirstOrDefault(each => each is not null)
            ?? Auths?.FirstOrDefault(pair => registry.IsMeantBy(pair.Key)).Value;
        return entry?.ToAuth(registry);
    }

    /// <summary>One registry's credentials.</summary>
    internal sealed record Entry
    {
        public string? Auth { get; init; }

        public string? Username { get; init; }

        public string? Password { get; init; }

        [JsonPropertyName("identitytoken")]
        public string? IdentityToken { get; init; }

        [JsonPropertyName("registrytoken")]
        public string? RegistryToken { get; init; }

        public AuthConfig? ToAuth(RegistryKey registry)
        {
            var (user, password) = Auth is { Length: > 0 } ? Decoded(Auth, registry) : (Username, Password);
            return user is { Length: > 0 } || IdentityToken is { Length: > 0 } || RegistryToken is { Length: > 0 }
                ? new AuthConfig
                {
                    Username = user,
                    Password = password,
                    IdentityToken = IdentityToken,
                    RegistryToken = RegistryToken,
                    ServerAddress = registry.Keys[0],
                }
                : null;
        }

        private static (string User, string Password) Decoded(string auth, RegistryKey registry)
        {
            var bytes = new byte[auth.Length];
            if (
                !Convert.TryFromBase64String(auth, bytes, out var length)
                || Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is not [var user, var password]
            )
                throw new FormatException($"what it holds for {registry.Keys[0]} is no user and password in base64");
            // Old versions of docker filled up with zeros.
            return (user, password.Trim('\0'));
        }
    }
}
